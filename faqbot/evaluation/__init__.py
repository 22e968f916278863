"""What goes wrong with real questions, and what would help.

labelled      labelled questions, read
metrics       right, misled, refused; the confusions
tuning        the best threshold of one knowledge base
trials        what one change does to questions
lint          findings in a knowledge file that works but could be better
log           the append-only log of questions that went wrong
redaction     personal data masked
clusters      near-duplicate questions grouped
gaps          what people asked and were not answered
triage        deciding on each of those
"""

"""What goes wrong with real questions, and what would help.

labelled      labelled questions, read
metrics       right, misled, refused; the confusions
tuning        the best threshold of one knowledge base
remedies      edits that would help, tried
trials        what one change does to questions
lint          findings in a knowledge file that works but could be better
log           the log of questions that went wrong
journal       files that only grow
redaction     personal data masked
clusters      near-duplicate questions grouped
gaps          what people asked and were not answered
triage        deciding on each of those
"""

"""From a ranking to a reply, alone or in a conversation.

answerer      answers a single message; stateless
decision      the confidence, the thresholds, and the reply that follows
open_questions  questions of a draft that nobody has decided yet: what may answer them is offered
highlight     the sentence of an unreviewed passage that answers best
reply         Reply, its status and reason, and the canned replies
matched       which question a reply belongs to, to be shown where it was not asked nearly so
explain       builds the explanation of a reply
explanation   Explanation and its parts, as values
splitting     cuts a message into its questions
several       answers each question of a message by itself
feedback      the events that a conversation reports to its host
conversation  one person's messages in a row
choices       "2", "the second one", "yes": selection from a list
serialize     a reply as JSON
worker        the one thread that answers for event loops
urgent        worries: messages that need a person at once
signs         finds the signs of a worry among the words of a message
clauses       a message in clauses, and what it tells about them
frames        tells how a sign is spoken of: reported, asked in general, past ...
smalltalk     greetings, thanks, "are you a robot"
followups     recognises messages that lean on the one before
rewriting     a follow-up rewritten as a full question
related       what to ask next
"""

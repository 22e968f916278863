"""Sentences to questions, by rules.

words               the words of a sentence, and the closed classes
lexicon             verbs and their forms
finite              the finite verb of a clause
clause              a clause: subject, verb, rest
inversion           a clause to a yes-no question
quantity_questions  how much, how long, how often, when
role_questions      who does what to whom
wh_questions        what, where, why, how
questions           the rules in their order
keywords            key phrases, and plain headings
usage               how one article uses words
"""

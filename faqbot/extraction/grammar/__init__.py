"""Sentences to questions, by rules.

words             the words of a sentence, and the closed classes
lexicon           verbs and their forms
finite            the finite verb of a clause
clause            a clause: subject, verb, rest
inversion         a clause to a yes-no question
clause_questions  what, why, how, how long, from a clause
questions         the rules in their order
phrases           key noun phrases, for plain headings
usage             how one article uses words
"""

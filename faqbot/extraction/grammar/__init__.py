"""Sentences to questions, by rules.

words      the words of a sentence, and the closed classes
lexicon    verbs and their forms
clause     a clause: subject, verb, rest
questions  what few rules make of one
wellformed whether a text is a question that somebody would write
"""

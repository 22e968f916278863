"""English without a parser: words, clauses, and the questions that a sentence answers.

`parsing` reads clauses with a parser, where the extra `nlp` is asked for.
"""

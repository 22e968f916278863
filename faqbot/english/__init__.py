"""English word lists, as data that can be read without knowing Python.

wordlists     looks words up in them; signs.txt, frames.txt and bodies.txt beside it are for a clinician to review
"""

"""English word lists, as data that can be read without knowing Python.

wordlists     looks words up in them
"""

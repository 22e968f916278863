"""Full-screen terminal pages, with prompt_toolkit.

widgets       lines of styled text that fit the screen
screen        what both have in common
editor        one text edited in place
review        `faqbot review`
gaps          `faqbot gaps FILE`
"""

"""The chat in a terminal.

session       the prompt, with prompt_toolkit
lines         the chat a line at a time, for pipes and screen readers
commands      what the chat says to a line; slash commands
completion    what is offered while somebody types
bots          the bots of the files, made behind the prompt
start         `faqbot chat`
transcript    `/save`
consent       whether questions may be logged
"""

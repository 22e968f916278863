"""A FAQ as values and as a Markdown file.

entries       Entry, KnowledgeBase, Source
markdown      headings, bullets and their lines; the tokens of an answer
fields        the fields of a knowledge file
reader        a knowledge file read and checked
writer        a knowledge file written: what did not change stays to the letter
edits         an entry changed
editing       a session of edits: saved, undone, never over somebody else's change
review        a draft reviewed, decision by decision
watcher       files that are edited while a bot answers from them
"""

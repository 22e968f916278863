"""Pairs of question and answer in files of any form: `reader.read(path)`, then `base.knowledge(found, path)`.

reader        the pairs of any file, and what of it was not read: start here
values        Pair and Found
base          pairs to a knowledge base
inline        questions within texts and lists
outline       which headings, marks and items of a document are questions
nodes         Markdown lines to headings, texts and lists
marks         "Q:", numbers and signs taken off; what is a question
answers       the text of an answer as Markdown
markdown      Markdown of people and site generators
templates     Liquid, Hugo, Jinja, MkDocs and their like taken out
html          HTML, alone or within Markdown
tags          a tree of HTML
jsonld        schema.org FAQPage data
restructured  reStructuredText
asciidoc      AsciiDoc
table         CSV, TSV and sheets
sheet         a knowledge base as a sheet, and back
export        a knowledge base in other forms
workbook      Excel files and zip archives opened
records       the objects of JSON, YAML and tables
shapes        which keys of records hold question and answer
tally         what is left out, counted
fields        what keys and columns hold, by their names
yamlfile      YAML read safely
services      Rasa, ChatterBot, .qna
"""

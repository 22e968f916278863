"""Ranking entries for a question.

question      a question as it is read: spelling, synonyms, names
compounds     words written together, apart, or like others of the same sound
sentences     the sentences of a draft's answer
spelling      a typo corrected towards the knowledge base's words (SymSpell)
vocabulary    words and stems by number, and texts as those numbers
arrays        flat arrays: runs, sums, posting lists, a pool of strings
tfidf         similarity by words and by character n-grams (tf-idf)
bm25          BM25 over whole entries
encoder       texts to vectors; the extra `semantic`
wordpiece     the word pieces that the model reads
vectors       similarity by vectors
kinds         things of a kind: weekdays, countries, meals
facts         numbers, names, opposites and directions in a text
agreement     what question and wording must not contradict each other in
foreign       what a question names in the place of what the knowledge base is about
verifier      whether a text answers a question; the extra `semantic`
index         what is computed once per knowledge base
comparison    a question beside the phrasings it is compared with
ranking       the weighted sum, and the order
arrayfile     arrays in a mapped file
cache         knowledge files with their index, from disk where they are kept
"""

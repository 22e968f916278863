"""Neural networks that ship with the package, as data; COPYRIGHT says whose they are and what they have read.

loader        runs one with onnxruntime; the extra `semantic`
"""

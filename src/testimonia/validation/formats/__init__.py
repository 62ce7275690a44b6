"""Formats: findings and the facts of a run in, one text out, in the form that a person or a program reads.

No format shows text of the record: see `values`. Nothing in the data can act on a terminal, a log or a parser.
"""

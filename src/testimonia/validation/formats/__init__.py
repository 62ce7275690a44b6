"""The forms that a report is given in.

No format shows text of the record: see `values`. Nothing in the data can act on a terminal, a log or a parser.
"""

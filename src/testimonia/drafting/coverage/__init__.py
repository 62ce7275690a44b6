"""Coverage: a record and its text in; what of the text no claim carries and no reason explains out."""

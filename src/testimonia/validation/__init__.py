"""Validation of a data set, of some of its files, or of any RDF: `validate(target, options)` gives a report."""

"""Reference: ontology, terms, shapes, keys and codes in; explanations of one name, and pages of all, out."""

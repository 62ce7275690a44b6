"""The reference: explanations of one name, and pages of all ontology, terms, shapes, keys and codes."""

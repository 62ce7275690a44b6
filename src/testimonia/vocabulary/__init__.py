"""The ontology, terms, context and kinds, as records use them."""

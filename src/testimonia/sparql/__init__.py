"""SPARQL: the text of a query cut into tokens, its parameters bound, what may not run refused, endpoints asked."""

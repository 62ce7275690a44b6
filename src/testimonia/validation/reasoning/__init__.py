"""Reasoning with HermiT, in a Java of its own: what contradicts what in ontology, axioms and graph."""

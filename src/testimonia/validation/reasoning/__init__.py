"""Reasoning: ontology, axioms and graph in; out, what in them contradicts what. HermiT tells, in a Java of its own."""

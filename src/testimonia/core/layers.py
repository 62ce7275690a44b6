"""The layers of a validation, each with a name by which it can be selected.

They go from the form of a curated file to what must hold of the graph as a whole; a finding names its layer.
"""

from enum import StrEnum


class Layer(StrEnum):
    """One layer of validation, in the order in which they run.

    >>> [layer.value for layer in Layer][:3]
    ['records', 'evidence', 'references']
    """

    RECORDS = "records"
    """A curated file is written as records, registries and settings are: keys, forms, counts."""
    EVIDENCE = "evidence"
    """Every cue points at exactly one passage, and the lock says where."""
    REFERENCES = "references"
    """Every slug, term and claim that a record names is there."""
    LITERALS = "literals"
    """Every literal is what its datatype says."""
    SHACL = "shacl"
    """The graph conforms to the shapes."""
    QUERIES = "queries"
    """No violation query gives a row."""
    OWL = "owl"
    """The graph does not contradict the axioms."""
    HYGIENE = "hygiene"
    """Ontology and terms are complete, and what is used of them is defined."""
    GRAPH = "graph"
    """The files of the graph are what the manifest says, without blank nodes or triples in two graphs."""
    DATASET = "dataset"
    """The description of the data set is complete and says what is true."""


CURATED = (Layer.RECORDS, Layer.EVIDENCE, Layer.REFERENCES)
"""Layers that check the curated files."""
OF_THE_GRAPH = tuple(layer for layer in Layer if layer not in CURATED)
"""Layers that check the graph built from them."""

"""Describe the saved questions, as part of the data set's own description.

Each is a `sh:SPARQLExecutable`, as the examples of the SIB are (https://github.com/sib-swiss/sparql-examples), with
its parameters at their usual values, so that an editor can offer it and run it as it is.
"""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import PREFIXES, expand
from testimonia.questions.asking import bind_question
from testimonia.questions.question import Question
from testimonia.rdf.short_names import Naming

_PREFIX = re.compile(r"^PREFIX\s+([A-Za-z][\w.-]*):\s*<([^>]+)>", re.MULTILINE)


def mint_question_iri(base: str, slug: str) -> str:
    """Return the IRI of a saved question.

    >>> mint_question_iri("https://example.org/", "laws")
    'https://example.org/questions/laws'
    """
    return f"{base}questions/{slug}"


def describe_questions(questions: Iterable[Question], base: str) -> list[ox.Quad]:
    """Return the questions and the prefixes that they and the data use, as quads of the graph `dataset`."""
    graph = ox.NamedNode(mint_graph_iri(base, "dataset"))
    quads: list[ox.Quad] = []

    def state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        quads.append(ox.Quad(subject, ox.NamedNode(expand(name)), value, graph))

    declared = ox.NamedNode(f"{graph.value}#prefixes")
    prefixes = dict(PREFIXES)
    for question in questions:
        node, query = ox.NamedNode(mint_question_iri(base, question.slug)), write_plain_query(question, base)
        prefixes |= dict(_PREFIX.findall(query))
        state(node, "rdf:type", ox.NamedNode(expand("sh:SPARQLExecutable")))
        state(node, "rdf:type", ox.NamedNode(expand("sh:SPARQLSelectExecutable")))
        state(node, "rdfs:comment", ox.Literal(question.summary, language="en"))
        state(node, "dct:description", ox.Literal(question.description, language="en"))
        state(node, "skos:scopeNote", ox.Literal(question.audience, language="en"))
        state(node, "sh:prefixes", declared)
        state(node, "sh:select", ox.Literal(query))
        state(node, "schema:target", ox.NamedNode(f"{base}sparql"))
        for tag in question.tags:
            state(node, "schema:keywords", ox.Literal(tag))
    if quads:
        for prefix, namespace in prefixes.items():
            node = ox.NamedNode(f"{graph.value}#prefix-{prefix}")
            state(declared, "sh:declare", node)
            state(node, "sh:prefix", ox.Literal(prefix))
            state(node, "sh:namespace", ox.Literal(namespace, datatype=ox.NamedNode(expand("xsd:anyURI"))))
    return quads


def write_plain_query(question: Question, base: str) -> str:
    """Return the query of a question without its header, its parameters at their usual values."""
    lines = bind_question(question, question.usual_values, Naming(base)).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"

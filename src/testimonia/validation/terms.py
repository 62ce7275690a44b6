"""Which terms the model defines, and where each is used.

Ours are the IRIs of the ontology and of the terms. A use is one place: a file of the model, or a node of the graph.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.errors import QueryError
from testimonia.core.iris import mint_ontology_iri, mint_term_iri
from testimonia.core.layout import Layout
from testimonia.core.namespaces import PREFIXES, TERM, T, expand
from testimonia.mapping.envelope import ENVELOPE_CLASSES, ENVELOPE_PROPERTIES
from testimonia.rdf.reading import get_value, read_turtle
from testimonia.sparql.names import find_iris
from testimonia.vocabulary.reading import Vocabulary, read_vocabulary

ONTOLOGY, TERMS = T.removesuffix("#"), TERM
_TYPE = expand("rdf:type")
_NOTE = PREFIXES["skos"] + "editorialNote"
_GRAMMAR = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
"""What every vocabulary is written in."""
_DESCRIBING = (PREFIXES["void"], PREFIXES["void-ext"])


@dataclass(frozen=True, slots=True)
class ModelTerms:
    """Terms of the model.

    `statements` maps each subject to its properties and values in ontology and terms; `model_uses` maps an IRI of ours
    to the places of the model that name it, `graph_uses` to the nodes of the graph that do; `foreign` are properties
    and classes of other vocabularies that the ontology or the graph use, `declared` those that are declared.
    """

    statements: dict[str, dict[str, list[str]]]
    model_uses: dict[str, set[str]]
    graph_uses: dict[str, set[str]]
    foreign: set[str]
    declared: set[str]

    def get_values(self, iri: str, name: str) -> list[str]:
        """Return the values of a property (prefixed name) of a term; blank texts are none."""
        return [value for value in self.statements.get(iri, {}).get(expand(name), []) if value.strip()]

    def has_note(self, iri: str) -> bool:
        """Tell whether an editorial note says something of a term."""
        return any(note.strip() for note in self.statements.get(iri, {}).get(_NOTE, []))


def collect_terms(layout: Layout, store: ox.Store) -> ModelTerms:
    """Return the terms of a model and where model and graph use them; InputError for a file that cannot be read."""
    defining = read_turtle([layout.ontology, *sorted(layout.terms.glob("*.ttl"))], layout.name)
    beside = [path for path in layout.ontology_files if path != layout.ontology and path.is_file()]
    written = [*defining, *read_turtle(beside, layout.name)]
    defined = set(defining)
    data = [triple for quad in store if (triple := quad.triple) not in defined]
    uses = [*_find_key_uses(layout, read_vocabulary(layout)), *_find_file_uses(layout)]
    strange = {iri for iri, _ in uses if not is_ours(iri) and not iri.startswith(_GRAMMAR)}
    return ModelTerms(
        statements=_group_statements(defining),
        model_uses=_group_uses([*((i, p) for i, p in uses if is_ours(i)), *_find_model_uses(written)]),
        graph_uses=_group_uses(_find_graph_uses(data)),
        foreign={*_find_foreign(defining), *_find_foreign(data), *strange},
        declared={get_value(t.subject) for t in written if t.predicate.value == _TYPE},
    )


def _group_statements(triples: Iterable[ox.Triple]) -> dict[str, dict[str, list[str]]]:
    statements: dict[str, dict[str, list[str]]] = {}
    for triple in triples:
        values = statements.setdefault(get_value(triple.subject), {})
        values.setdefault(triple.predicate.value, []).append(get_value(triple.object))
    return statements


def _group_uses(uses: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, place in uses:
        found.setdefault(iri, set()).add(place)
    return found


def _find_model_uses(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """Find the terms of ours that ontology and terms name elsewhere than where they define them."""
    for triple in triples:
        for iri in _find_named(triple) - {get_value(triple.subject)}:
            yield iri, "ontology/"


def _find_graph_uses(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """Find the terms of ours that the graph uses, and the nodes that do; a description names terms, and uses none."""
    for triple in triples:
        if not triple.predicate.value.startswith(_DESCRIBING):
            for iri in _find_named(triple):
                yield iri, get_value(triple.subject)


def is_ours(iri: str) -> bool:
    """Tell whether an IRI is one of the ontology's or of a term or scheme.

    >>> is_ours(T + "Claim"), is_ours(TERM + "happening"), is_ours(expand("skos:Concept"))
    (True, True, False)
    """
    return iri.startswith((T, TERM)) and iri not in {T, TERM}


def _find_named(triple: ox.Triple) -> set[str]:
    """Find the terms of ours that a triple names as its property, its object or the datatype of its object."""
    value = triple.object
    named = value.datatype.value if isinstance(value, ox.Literal) else get_value(value)
    return {iri for iri in (triple.predicate.value, named) if is_ours(iri)}


def _find_foreign(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Find properties and classes that are neither ours nor what every vocabulary is written in."""
    for triple in triples:
        terms = [triple.predicate.value, *([get_value(triple.object)] if triple.predicate.value == _TYPE else [])]
        yield from (iri for iri in terms if iri and not is_ours(iri) and not iri.startswith(_GRAMMAR))


def _find_key_uses(layout: Layout, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Find the IRIs that context, kinds and the program name, and where."""
    for key in vocabulary.keys.values():
        yield key.property, layout.name(layout.context)
        if key.scheme is not None:
            yield TERMS + key.scheme, layout.name(layout.context)
    for kind in vocabulary.kinds.values():
        if kind.cls is not None:
            yield mint_ontology_iri(kind.cls), layout.name(layout.kinds)
        if kind.modality is not None:
            yield mint_term_iri("modality", kind.modality), layout.name(layout.kinds)
    for name in vocabulary.entity_classes.values():
        yield mint_ontology_iri(name), layout.name(layout.kinds)
    for name in ENVELOPE_CLASSES:
        yield mint_ontology_iri(name), "the program"
    for name in ENVELOPE_PROPERTIES:
        yield expand(name), "the program"


def _find_file_uses(layout: Layout) -> Iterator[tuple[str, str]]:
    """Find the IRIs of ours that shapes and queries name, and where."""
    for path in sorted(layout.shapes.glob("*.ttl")):
        for triple in read_turtle([path], layout.name):
            yield from ((iri, layout.name(path)) for iri in _find_named(triple))
    for folder in (layout.questions, layout.views, layout.checks):
        for path in sorted(folder.glob("*.rq")):
            yield from ((iri, layout.name(path)) for iri in _find_query_terms(path.read_text("utf-8")))


def _find_query_terms(query: str) -> Iterator[str]:
    """Find the IRIs of ours in a query; nothing in one that cannot be cut into tokens, which is another's finding."""
    try:
        yield from (iri for iri in find_iris(query) if is_ours(iri))
    except QueryError:
        return

"""The properties that a source uses, with the kinds of their values and whether a node may have several.

The kinds of values are those found in the graph, the number allowed is that of the shapes, so that the layout of an
export does not change when a second value turns up.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.layout import Layout, find_model_root
from testimonia.core.namespaces import PREFIXES, T, expand
from testimonia.export.source import ExportSource
from testimonia.rdf.reading import get_value, read_turtle

NODE = "@id"
"""The kind of values that are nodes."""

_PATH, _MOST = ox.NamedNode(expand("sh:path")), ox.NamedNode(expand("sh:maxCount"))
_TAGGED = expand("rdf:langString")


@dataclass(frozen=True, slots=True)
class PropertyUse:
    """How a property is used: its short name, the kinds of its values, whether a node has one value at most.

    A kind is `@id` for nodes, `@` and the language of tagged texts (`@en`), else the IRI of the datatype.
    """

    iri: str
    name: str
    kinds: frozenset[str]
    is_single: bool

    @property
    def kind(self) -> str:
        """The kind of all its values; "" where they differ."""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else ""


def find_uses(source: ExportSource) -> dict[str, PropertyUse]:
    """Return the properties of a source except rdf:type, by their IRIs, sorted.

    The short name of a property is its last part (`actor`, `label`), with its prefix where that is ambiguous
    (`dct:title`); properties of the ontology go first.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for part in source.scan_parts():
        for quad in part.quads:
            kinds[quad.predicate.value].add(get_kind(quad.object))
    kinds.pop(expand("rdf:type"), None)
    single = _find_single(find_model_root())
    names = _name(kinds)
    return {iri: PropertyUse(iri, names[iri], frozenset(kinds[iri]), iri in single) for iri in sorted(kinds)}


def get_kind(term: object) -> str:
    """Return the kind of a value, as `PropertyUse` has it.

    >>> get_kind(ox.Literal("a", language="en")), get_kind(ox.NamedNode("x:a")), get_kind(ox.Literal("a"))
    ('@en', '@id', 'http://www.w3.org/2001/XMLSchema#string')
    """
    if not isinstance(term, ox.Literal):
        return NODE
    return f"@{term.language}" if term.language else term.datatype.value


def _name(iris: Mapping[str, object]) -> dict[str, str]:
    """Return a unique short name for each property; one without a known prefix keeps its IRI."""
    names = {iri: iri.removeprefix(T) for iri in iris if iri.startswith(T)}
    prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    last = {iri: iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :] for iri in iris if iri not in names}
    counts = Counter([*names.values(), *last.values()])
    for iri, name in last.items():
        prefix = prefixes.get(iri.removesuffix(name))
        if prefix is None:
            names[iri] = iri
        else:
            names[iri] = name if counts[name] == 1 else f"{prefix}:{name}"
    return names


@lru_cache(maxsize=4)
def _find_single(model: Path) -> frozenset[str]:
    """Return the properties that some shape limits to one value (sh:maxCount 1)."""
    layout = Layout(model, model)
    triples = read_turtle(sorted(layout.shapes.glob("*.ttl")), layout.name)
    paths = {triple.subject: get_value(triple.object) for triple in triples if triple.predicate == _PATH}
    most = {triple.subject for triple in triples if triple.predicate == _MOST and get_value(triple.object) == "1"}
    return frozenset(paths[shape] for shape in most if shape in paths)

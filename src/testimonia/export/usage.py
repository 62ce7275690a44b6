"""Which properties a source uses, with what values, and how many a node may have.

What a value is comes from the graph itself, how many there may be from the shapes, so that the form of an export does
not change when a second value turns up.
"""

from collections import defaultdict
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
    """How a property is used: what it is called where names are short, the kinds of its values, whether it is single.

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
    """Return the properties that a source uses by their IRIs, sorted; rdf:type is none of them.

    A property of ours is called by its last part (`actor`), another one by its last part too if no other is
    (`label`), else with its prefix (`dct:title`).
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for part in source.scan_parts():
        for quad in part.quads:
            kinds[quad.predicate.value].add(tell_kind(quad.object))
    kinds.pop(expand("rdf:type"), None)
    single = _find_single(find_model_root())
    names = _name(kinds)
    return {iri: PropertyUse(iri, names[iri], frozenset(kinds[iri]), iri in single) for iri in sorted(kinds)}


def tell_kind(term: object) -> str:
    """Return the kind of a value, as `PropertyUse` has it.

    >>> tell_kind(ox.Literal("a", language="en")), tell_kind(ox.NamedNode("x:a")), tell_kind(ox.Literal("a"))
    ('@en', '@id', 'http://www.w3.org/2001/XMLSchema#string')
    """
    if not isinstance(term, ox.Literal):
        return NODE
    return f"@{term.language}" if term.language else term.datatype.value


def _name(iris: Mapping[str, object]) -> dict[str, str]:
    """Return a short name for each property, none twice; a stranger without a prefix keeps its IRI."""
    names = {iri: iri.removeprefix(T) for iri in iris if iri.startswith(T)}
    taken = set(names.values())
    last = {iri: iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :] for iri in iris if iri not in names}
    for iri, name in last.items():
        prefix = next((p for p, namespace in PREFIXES.items() if iri == namespace + name), "")
        alone = name not in taken and list(last.values()).count(name) == 1
        names[iri] = name if prefix and alone else f"{prefix}:{name}" if prefix else iri
    return names


@lru_cache(maxsize=4)
def _find_single(model: Path) -> frozenset[str]:
    """Return the properties of which some shape in a model allows one value at most."""
    layout = Layout(model, model)
    triples = read_turtle(sorted(layout.shapes.glob("*.ttl")), layout.name)
    paths = {triple.subject: get_value(triple.object) for triple in triples if triple.predicate == _PATH}
    most = {triple.subject for triple in triples if triple.predicate == _MOST and get_value(triple.object) == "1"}
    return frozenset(paths[shape] for shape in most if shape in paths)

"""JSON-LD for readers, one graph after the other.

There is a node for each interview, entity, date and term; turns and claims stand inside their interview, passages,
figures and things inside their claim. It expands to the quads of the source and no others, and is written node by node.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import IO, Any

import pyoxigraph as ox

from testimonia.core.answer import Term
from testimonia.core.namespaces import T, expand
from testimonia.export.context import Context
from testimonia.export.notation import write_json
from testimonia.export.source import ExportSource, GraphPart, Writer
from testimonia.export.usage import find_uses
from testimonia.rdf.reading import get_value

_TYPE, _WITHIN = expand("rdf:type"), T + "inInterview"
_CLAIM, _TURN = T + "Claim", T + "Turn"
_Facts = dict[str, list[ox.Quad]]


def prepare_jsonld(whole: ExportSource) -> Writer:
    """Return a writer of quads as JSON-LD; the context is made from the whole source first."""
    context = Context(find_uses(whole), whole.base)

    def write(source: ExportSource, stream: IO[bytes]) -> None:
        stream.write(f'{{\n  "@context": {write_json(context.write(), 1)},\n  "@graph": ['.encode())
        mark = ""
        for part in source.read_parts():
            name = f'"@id": {json.dumps(context.shorten(ox.NamedNode(part.name)))}, ' if part.name else ""
            stream.write(f'{mark}\n    {{{name}"@graph": ['.encode())
            between = ""
            for node in frame_nodes(part, context):
                stream.write(f"{between}\n      {write_json(node, 3)}".encode())
                between = ","
            stream.write(b"\n    ]}")
            mark = ","
        stream.write(b"\n  ]\n}\n")

    return write


def frame_nodes(part: GraphPart, context: Context) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a graph, each with its parts nested inside it.

    A node is part of another when its IRI continues the other's after a slash and one of them names the other.
    """
    facts: _Facts = {subject: list(found) for subject, found in groupby(part.quads, lambda q: str(q.subject))}
    framer = _Framer(facts, context)
    return (framer.frame(subject) for subject in framer.facts if subject not in framer.inside)


class _Framer:
    """Frames the nodes of one graph; `inside` maps a part → (its whole, the property that says so)."""

    def __init__(self, facts: _Facts, context: Context) -> None:
        self.facts, self.context = facts, context
        self.inside = _find_inside(facts)
        self.children: dict[str, list[str]] = defaultdict(list)
        for child, (parent, predicate) in self.inside.items():
            if predicate == _WITHIN:
                self.children[parent].append(child)

    def frame(self, subject: str) -> dict[str, Any]:
        """Return a node with its parts nested inside it."""
        quads = self.facts[subject]
        node: dict[str, Any] = {"@id": self.context.shorten(quads[0].subject)}
        for predicate, found in groupby(quads, lambda q: q.predicate.value):
            values = [quad.object for quad in found]
            if predicate == _TYPE:
                types = [self.context.shorten(value).removeprefix("t:") for value in values]
                node["@type"] = types if len(types) > 1 else types[0]
            elif written := self._write_values(subject, predicate, values):
                is_single = self.context.is_single(predicate) and len(written) == 1
                node[self.context.get_key(predicate)] = written[0] if is_single else written
        for cls, key in ((_TURN, self.context.turns), (_CLAIM, self.context.claims)):
            if framed := [self.frame(child) for child in self.children[subject] if _is_a(self.facts[child], cls)]:
                node[key] = framed
        return node

    def _write_values(self, subject: str, predicate: str, values: list[Term]) -> list[Any]:
        """Return the values of a property: parts nested, without the interview inside which the subject is nested."""
        written = []
        for value in values:
            if self.inside.get(str(value)) == (subject, predicate):
                written.append(self.frame(str(value)))
            elif predicate != _WITHIN or self.inside.get(subject) != (str(value), _WITHIN):
                written.append(self.context.write_value(predicate, value))
        return written


def _find_inside(facts: _Facts) -> dict[str, tuple[str, str]]:
    """Return part → (the node that it is part of, the property that says so)."""
    inside: dict[str, tuple[str, str]] = {}
    for subject, quads in facts.items():
        for quad in quads:
            value, predicate = str(quad.object), quad.predicate.value
            if predicate == _WITHIN and _continues(subject, value) and value in facts:
                if _is_a(quads, _CLAIM) or _is_a(quads, _TURN):
                    inside.setdefault(subject, (value, predicate))
            elif isinstance(quad.object, ox.NamedNode) and value in facts and _continues(value, subject):
                inside.setdefault(value, (subject, predicate))
    return inside


def _continues(part: str, whole: str) -> bool:
    """Tell whether an IRI in angle brackets begins with another and a slash."""
    return part.startswith(f"{whole[:-1]}/")


def _is_a(quads: list[ox.Quad], cls: str) -> bool:
    return any(quad.predicate.value == _TYPE and get_value(quad.object) == cls for quad in quads)

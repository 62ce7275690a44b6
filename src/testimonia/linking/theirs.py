"""Profiles of the subjects of a file of sorted N-Quads, one after the other.

The file may be larger than memory: it is read as a stream, and only the lines of one subject are held at once. What was
said of blank nodes stands elsewhere in the file (under `merged/NAME/node/`), so codes there are read first; only those
that one of ours has are kept.
"""

from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.dates import find_span
from testimonia.core.namespaces import expand
from testimonia.linking.profile import MAIN, NAMING, Profile
from testimonia.rdf.reading import get_value

_TYPE = expand("rdf:type")
_STRING = expand("xsd:string")
_DATES = {expand(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth")}
_MOST_NODES = 1_000_000
_MOST_RELATIONS = 100

NodeDescriptions = dict[str, list[tuple[str, str]]]


def read_nodes(path: Path, stem: str, codes: Collection[str]) -> NodeDescriptions:
    """Return node → (property, code) of the details whose IRI begins with `stem` and that hold a code of ours."""
    found: NodeDescriptions = {}
    beginning = f"<{stem}".encode()
    with path.open("rb") as file:
        for line in file:
            if not line.startswith(beginning) or len(found) >= _MOST_NODES:
                continue
            for quad in ox.parse(line, format=ox.RdfFormat.N_QUADS):
                if isinstance(quad.object, ox.Literal) and quad.object.value in codes:
                    found.setdefault(quad.subject.value, []).append((quad.predicate.value, quad.object.value))
    return found


def read_theirs(path: Path, stem: str, codes: Collection[str], nodes: NodeDescriptions) -> Iterator[Profile]:
    """Yield the profile of each subject that is not a detail itself and has a name or a code of ours."""
    quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
    for subject, told in groupby(quads, key=lambda quad: get_value(quad.subject)):
        profile = Profile(subject)
        for quad in told:
            if isinstance(quad.object, ox.Literal):
                _add_text(profile, quad.predicate.value, quad.object, codes)
            else:
                _add_node(profile, quad.predicate.value, get_value(quad.object), nodes)
        if (profile.names or profile.codes) and not subject.startswith(stem):
            yield profile


def _add_node(profile: Profile, predicate: str, value: str, nodes: NodeDescriptions) -> None:
    """Note a class, the codes of a detail, or a thing that a subject is related to."""
    if predicate == _TYPE:
        profile.classes.append(value)
    elif value in nodes:
        profile.codes += [(f"{predicate} / {inner}", code) for inner, code in nodes[value]]
    elif len(profile.relations) < _MOST_RELATIONS:
        profile.relations.append(value)


def _add_text(profile: Profile, predicate: str, value: ox.Literal, codes: Collection[str]) -> None:
    """Note a name, a date, or a code that one of ours has."""
    if predicate in NAMING:
        profile.add_name(value.value, value.language or "", main=predicate in MAIN)
    elif value.datatype.value in _DATES:
        if span := find_span(value.value, with_time=True):
            profile.dates.append(span)
    elif value.value in codes and value.datatype.value == _STRING:
        profile.codes.append((predicate, value.value))

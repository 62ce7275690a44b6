"""Profiles of our own entities, read from a built graph."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.iris import find_base, mint_entity_iri, mint_graph_iri
from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.linking.profile import MAIN, NAMING, Profile
from testimonia.rdf.reading import climb, get_value, read_turtle
from testimonia.rdf.store import read_store, run_select

_TYPE = expand("rdf:type")
_STRING = expand("xsd:string")
_ALIGNED = {expand(name) for name in ("rdfs:subClassOf", "skos:closeMatch")}
_DATES = f"""
PREFIX t: <{T}>
SELECT DISTINCT ?entity ?earliest ?latest {{
  ?claim t:about ?entity ; ?says ?date .
  ?date a t:Date ; t:earliest ?earliest ; t:latest ?latest .
}}"""


def read_ours(graph: Path) -> list[Profile]:
    """Return a profile of each entity of the graph `entities`, in the order of their IRIs.

    Codes are its texts without a language. InputError when the graph has not been built.
    """
    store = read_store(graph)
    base = find_base(node.value for node in store.named_graphs() if isinstance(node, ox.NamedNode))
    found: dict[str, Profile] = {}
    stem = mint_entity_iri(base, "")
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(mint_graph_iri(base, "entities"))):
        subject, predicate, value = get_value(quad.subject), quad.predicate.value, quad.object
        profile = found.setdefault(subject, Profile(subject))
        if isinstance(value, ox.Literal):
            if value.language and predicate in NAMING:
                profile.add_name(value.value, value.language, main=predicate in MAIN)
            elif value.datatype.value == _STRING:
                profile.codes.append((predicate, value.value))
        elif predicate == _TYPE:
            profile.classes.append(get_value(value))
        elif get_value(value).startswith(stem):
            profile.relations.append(get_value(value))
    for row in run_select(store, _DATES).rows:
        entity, earliest, latest = map(get_value, row)
        if entity in found:
            found[entity].dates.append((date.fromisoformat(earliest), date.fromisoformat(latest)))
    for profile in found.values():
        profile.dates.sort()
        profile.relations.sort()
    return [profile for _, profile in sorted(found.items()) if profile.names]


def read_classes(layout: Layout) -> dict[str, set[str]]:
    """Return class, ours or theirs → all of our classes that it may be, by the ontology and the alignments.

    A class of ours may be itself, its subclasses and its superclasses.
    """
    below: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    aligned: dict[str, set[str]] = defaultdict(set)
    for triple in read_turtle(layout.ontology_files, layout.name):
        subject, value = get_value(triple.subject), get_value(triple.object)
        if not subject.startswith(T) or triple.predicate.value not in _ALIGNED:
            continue
        if value.startswith(T):
            below[value].add(subject)
            above[subject].add(value)
        else:
            aligned[value].add(subject)
    things = climb([f"{T}Thing"], below.__getitem__) - {f"{T}Thing"}
    near = {
        cls: climb([cls], below.__getitem__) | (climb([cls], above.__getitem__) - _GENERAL) for cls in sorted(things)
    }
    for theirs, ours in aligned.items():
        if ours & things:
            near[theirs] = set().union(*(near[cls] for cls in ours & things))
    return near


_GENERAL = {T + name for name in ("Thing", "Entity")}
"""Classes too general to tell what a thing is."""

"""Restriction of an export to some interviews and all nodes that they mention.

What they mention is every entity, date, concept, class and property that stands in one of their statements, and what
these mention in turn, so that nothing they name is left unexplained. Of the description of the data set only what is
true of a part stays: its title, licence, publisher and version, no counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

import pyoxigraph as ox

from testimonia.core.errors import QueryError, find_nearest
from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import PREFIXES
from testimonia.export.source import ExportSource, GraphPart
from testimonia.rdf.reading import climb, get_value

_COUNTED = (PREFIXES["void"], PREFIXES["void-ext"])


def select_interviews(source: ExportSource, wanted: Collection[str]) -> ExportSource:
    """Return a source restricted to some interviews (ids) and what they mention; all of it when none is given.

    QueryError names every unknown id.
    """
    if not wanted:
        return source
    shared: dict[str, list[ox.Quad]] = defaultdict(list)
    mentioned: set[str] = set()
    known: set[str] = set()
    described = mint_graph_iri(source.base, "dataset")
    for part in source.scan_parts():
        interview = source.find_interview(part.name)
        known.add(interview)
        if interview in wanted:
            mentioned.update(_list_iris(part.quads))
        elif not interview and part.name != described:
            for quad in part.quads:
                shared[get_value(quad.subject)].append(quad)
    _check(wanted, known - {""})
    needed = climb(mentioned & shared.keys(), lambda iri: shared.keys() & set(_list_iris(shared[iri])))

    def keep(part: GraphPart) -> GraphPart:
        if interview := source.find_interview(part.name):
            quads = part.quads if interview in wanted else []
        elif part.name == described:
            quads = [quad for quad in part.quads if _is_about_dataset(quad, source.base)]
        else:
            quads = [quad for quad in part.quads if get_value(quad.subject) in needed]
        return GraphPart(part.name, quads)

    return replace(source, keep=keep)


def _list_iris(quads: Iterable[ox.Quad]) -> Iterable[str]:
    for quad in quads:
        yield from (term.value for term in quad.triple if isinstance(term, ox.NamedNode))


def _is_about_dataset(quad: ox.Quad, base: str) -> bool:
    """Tell whether a quad of the description is about the data set or its publisher, and no count."""
    subjects = (base, mint_graph_iri(base, "dataset#publisher"))
    return get_value(quad.subject) in subjects and not quad.predicate.value.startswith(_COUNTED)


def _check(wanted: Collection[str], known: Collection[str]) -> None:
    wrong = []
    for name in dict.fromkeys(wanted):
        if name not in known:
            wrong.append(f'--interview "{name}": there is no such interview. {find_nearest(name, known)}'.rstrip())
    if wrong:
        raise QueryError("\n".join([*wrong, f"There are: {', '.join(sorted(known))}"]))

"""Some interviews of a source, and all that they mention.

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
from testimonia.export.source import ExportSource, GraphPart, read_quads
from testimonia.rdf.reading import climb, get_value

_COUNTED = (PREFIXES["void"], PREFIXES["void-ext"])


def select_interviews(source: ExportSource, wanted: Collection[str]) -> ExportSource:
    """Return a source restricted to some interviews (ids) and what they mention; all of it when none is given.

    QueryError names every unknown id.
    """
    if not wanted:
        return source
    shared: dict[str, list[ox.Quad]] = defaultdict(list)
    told: set[str] = set()
    known: set[str] = set()
    described = mint_graph_iri(source.base, "dataset")
    for path in source.paths:
        for quad in read_quads(path):
            name = get_value(quad.graph_name)
            interview = source.find_interview(name)
            known.add(interview)
            if interview in wanted:
                told.update(_list_iris([quad]))
            elif not interview and name != described:
                shared[get_value(quad.subject)].append(quad)
    _check(wanted, known - {""})
    mentioned = _follow(told, shared)

    def keep(part: GraphPart) -> GraphPart:
        if interview := source.find_interview(part.name):
            return part if interview in wanted else GraphPart(part.name, [])
        if part.name == described:
            return GraphPart(part.name, [quad for quad in part.quads if _heads(quad, source.base)])
        return GraphPart(part.name, [quad for quad in part.quads if get_value(quad.subject) in mentioned])

    return replace(source, keep=keep)


def _follow(told: set[str], shared: dict[str, list[ox.Quad]]) -> set[str]:
    """Return the nodes that are told of, and what is said of them mentions, and so on."""
    return climb(told & shared.keys(), lambda iri: shared.keys() & set(_list_iris(shared[iri])))


def _list_iris(quads: Iterable[ox.Quad]) -> Iterable[str]:
    for quad in quads:
        yield from (term.value for term in quad.triple if isinstance(term, ox.NamedNode))


def _heads(quad: ox.Quad, base: str) -> bool:
    """Tell whether a statement of the description is one about the data set or its publisher, and counts nothing."""
    subject = get_value(quad.subject)
    is_head = subject == base or subject == mint_graph_iri(base, "dataset#publisher")
    return is_head and not quad.predicate.value.startswith(_COUNTED)


def _check(wanted: Collection[str], known: Collection[str]) -> None:
    wrong = [
        f'--interview "{name}": there is no such interview. {find_nearest(name, known)}'.rstrip()
        for name in dict.fromkeys(wanted)
        if name not in known
    ]
    if wrong:
        raise QueryError("\n".join([*wrong, f"There are: {', '.join(sorted(known))}"]))

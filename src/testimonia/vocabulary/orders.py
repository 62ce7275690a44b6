"""Read from the shapes which date of a claim may not lie after which other.

A shape says it of the later date, by a path over the claims that have it:
`sh:path ( [ sh:inversePath t:LATER ] t:EARLIER t:earliest ) ; sh:lessThanOrEquals t:latest`.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from testimonia.core.answer import Term
from testimonia.core.dates import find_span
from testimonia.core.namespaces import expand

_NAMES = ("rdf:first", "rdf:rest", "sh:path", "sh:inversePath", "sh:lessThanOrEquals", "t:earliest", "t:latest")
_FIRST, _REST, _PATH, _INVERSE, _AT_MOST, _EARLIEST, _LATEST = (ox.NamedNode(expand(name)) for name in _NAMES)


def find_orders(shapes: Iterable[ox.Triple]) -> tuple[tuple[str, str], ...]:
    """Return (earlier property, later property) of each shape that holds two dates of a claim apart; IRIs, sorted.

    >>> turtle = '''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix t: <https://w3id.org/testimonia/ontology#> .
    ... t:S sh:path ( [ sh:inversePath t:until ] t:since t:earliest ) ; sh:lessThanOrEquals t:latest .'''
    >>> shapes = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    >>> [[iri.rpartition("#")[2] for iri in order] for order in find_orders(shapes)]
    [['since', 'until']]
    """
    known: dict[tuple[Term, ox.NamedNode], Term] = {(t.subject, t.predicate): t.object for t in shapes}
    found = set()
    for (shape, predicate), bound in known.items():
        if (predicate, bound) != (_AT_MOST, _LATEST):
            continue
        steps: list[Term] = []
        rest = known.get((shape, _PATH))
        while rest is not None and (rest, _FIRST) in known:
            steps.append(known[rest, _FIRST])
            rest = known.get((rest, _REST))
        if len(steps) == 3 and steps[2] == _EARLIEST and isinstance(steps[1], ox.NamedNode):
            later = known.get((steps[0], _INVERSE))
            if isinstance(later, ox.NamedNode):
                found.add((steps[1].value, later.value))
    return tuple(sorted(found))


def comes_after(written: str, other: str) -> bool:
    """Tell whether a date certainly lies after another; False where a bound is unknown, or one is no date.

    >>> comes_after("2032", "early 2031"), comes_after("2031-05", "2031")
    (True, False)
    """
    later, earlier = find_span(written), find_span(other)
    return later is not None and earlier is not None and later[0] > earlier[1]

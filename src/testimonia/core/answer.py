"""The answer of a query, in the same form from memory and from an endpoint."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
SolutionRow = tuple[Term | None, ...]
"""A term for each variable; None where it is unbound."""

SEPARATOR = "; "
"""Separates the members of a column that is a list."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of SELECT: variables (no question mark) as projected, rows in the order of the answer."""

    variables: tuple[str, ...]
    rows: tuple[SolutionRow, ...]

    def __iter__(self) -> Iterator[Mapping[str, Term | None]]:
        """Return the rows as mappings from variable to term."""
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)

    def select(self, names: tuple[str, ...], most: int) -> "Solutions":
        """Return the first rows with some of the variables only, each once; KeyError for a variable that is not there.

        >>> Solutions(("a", "b"), ((ox.Literal("x"), None), (ox.Literal("x"), ox.Literal("y")))).select(("a",), 5).rows
        ((<Literal value=x datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>,),)
        """
        rows = dict.fromkeys(tuple(solution[name] for name in names) for solution in self)
        return Solutions(names, tuple(rows)[:most])


@dataclass(frozen=True, slots=True)
class Statements:
    """The answer of CONSTRUCT and DESCRIBE: triples, each once, in the order of their N-Triples lines."""

    triples: tuple[ox.Triple, ...]


Answer = Solutions | Statements | bool
"""The answer of a query; a truth value for ASK."""

QueryEngine = Callable[[str], Answer]
"""Runs the text of a query: a store in memory, or an endpoint."""


def collect_answer(results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Answer:
    """Return the whole answer of an engine that yields it row by row.

    >>> collect_answer(ox.Store().query("SELECT ?x ?y { VALUES ?x { 1 } }")).rows
    ((<Literal value=1 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>, None),)
    >>> collect_answer(ox.Store().query("ASK {}"))
    True
    """
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return Statements(tuple(sorted(set(results), key=str)))
    names = tuple(variable.value for variable in results.variables)
    return Solutions(names, tuple(tuple(row) for row in results))

"""Comparison: the claims about one happening in; a table of what each says, differences marked, out."""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.core.namespaces import T
from testimonia.questions.verbalisation.statement import Named, Statement
from testimonia.server.graph_client import NodeNames


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One line of the table: what it is about, whether claims differ in it, what each says (None: nothing)."""

    name: str
    differs: bool
    cells: tuple[tuple[Named, ...] | None, ...]


def compare(statements: Sequence[Statement], names: NodeNames) -> list[ComparisonLine]:
    """Return the lines in which claims say something; they differ where two of them say other things."""
    columns = [_list(statement, names) for statement in statements]
    lines = []
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = tuple(column.get(name) for column in columns)
        lines.append(ComparisonLine(name, len({cell for cell in cells if cell}) > 1, cells))
    return sorted(lines, key=lambda line: not line.differs)


def _list(statement: Statement, names: NodeNames) -> dict[str, tuple[Named, ...]]:
    """Return what a claim says of a happening: how it is said to be, every detail of ours, every figure."""
    said: dict[str, tuple[Named, ...]] = {"how it is said": (Named(statement.modality),)}
    said |= {names(iri): values for iri, values in statement.details if iri.startswith(T)}
    for amount in statement.amounts:
        number = " ".join(filter(None, (amount.qualifier, amount.value, amount.unit)))
        said[amount.key.replace("-", " ").replace("/", ", ")] = (Named(number),)
    return said

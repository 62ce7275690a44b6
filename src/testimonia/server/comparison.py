"""Side-by-side comparison of the claims about one happening, with the lines in which they differ marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.core.namespaces import T
from testimonia.questions.verbalisation.statement import Named, Statement
from testimonia.server.graph_client import NodeNames


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A line of the table: its heading, whether claims differ in it, and the values of each claim (None: no value)."""

    name: str
    differs: bool
    cells: tuple[tuple[Named, ...] | None, ...]


def compare(statements: Sequence[Statement], names: NodeNames) -> list[ComparisonLine]:
    """Return a line for each property or figure that some claim has, differing lines first."""
    columns = [_list_values(statement, names) for statement in statements]
    lines = []
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = tuple(column.get(name) for column in columns)
        lines.append(ComparisonLine(name, len({cell for cell in cells if cell}) > 1, cells))
    return sorted(lines, key=lambda line: not line.differs)


def _list_values(statement: Statement, names: NodeNames) -> dict[str, tuple[Named, ...]]:
    """Return line heading → values of one claim: its modality, its details in our vocabulary, its figures."""
    said: dict[str, tuple[Named, ...]] = {"how it is said": (Named(statement.modality),)}
    said |= {names(iri): values for iri, values in statement.details if iri.startswith(T)}
    for amount in statement.amounts:
        number = " ".join(filter(None, (amount.qualifier, amount.value, amount.unit)))
        said[amount.key.replace("-", " ").replace("/", ", ")] = (Named(number),)
    return said

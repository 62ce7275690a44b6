"""A saved query as the rest of the program knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from testimonia.sparql.parameters import Parameter

ANY = "any"
"""The value that stands for everything, where a parameter's default is this word; the query gets rdfs:Resource."""


class ChartKind(StrEnum):
    """What a chart is."""

    BAR = "bar"
    TIMELINE = "timeline"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Chart:
    """How an answer is drawn: `roles` maps `label`, `value`, `series`, `day`, `written` or `country` to a column.

    Without a `value`, the claims behind the rows are counted, each once. `only` names the modalities that are drawn;
    () stands for all.
    """

    kind: ChartKind
    roles: Mapping[str, str]
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionParameter:
    """What the header says of a parameter; one without a default has an example.

    `space` (`in:`) is where short names live, `object_of` the property whose objects are the values that exist.
    """

    parameter: Parameter
    description: str
    default: str | None
    example: str
    space: str
    object_of: str

    @property
    def usual(self) -> str:
        """The value that the expected answer is made with: the default, else the example."""
        return self.example if self.default is None else self.default


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question.

    `audience` is who asks it and why; `columns` maps each variable, in the order of the projection, to what it means;
    `evidence` names the variables of the query, columns or not, that hold the claims behind a row.
    """

    slug: str
    path: str
    summary: str
    description: str
    audience: str
    tags: tuple[str, ...]
    parameters: dict[str, QuestionParameter]
    columns: dict[str, str]
    lists: frozenset[str]
    evidence: tuple[str, ...]
    chart: Chart | None
    order: tuple[str, ...]
    query: str

    @property
    def usual_values(self) -> dict[str, str]:
        """The values that the expected answer is made with."""
        return {name: parameter.usual for name, parameter in self.parameters.items()}

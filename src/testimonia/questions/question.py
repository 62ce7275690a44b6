"""The model of a saved question."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from testimonia.sparql.parameters import Parameter

ANY = "any"
"""The value for no restriction, where it is a parameter's default; the query gets rdfs:Resource for it."""


class ChartKind(StrEnum):
    """The kinds of charts."""

    BAR = "bar"
    TIMELINE = "timeline"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Chart:
    """How an answer is drawn: `roles` maps `label`, `value`, `series`, `day`, `written` or `country` to a column.

    Without a `value`, the claims behind the rows are counted, each once. `only` are the modalities that are drawn, ()
    for all.
    """

    kind: ChartKind
    roles: Mapping[str, str]
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionParameter:
    """A parameter as the header describes it; one without a default has an example.

    `space` (`in:`) is the space of its short names, `object_of` the property whose objects are its possible values.
    """

    parameter: Parameter
    description: str
    default: str | None
    example: str
    space: str
    object_of: str

    @property
    def usual(self) -> str:
        """The value for the expected answer: the default, else the example."""
        return self.example if self.default is None else self.default


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question.

    `audience` is who asks it and why; `columns` maps each variable, in the order of the projection, to its meaning;
    `evidence` are the variables of the query, projected or not, that hold the claims behind a row.
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
        """The parameter values for the expected answer."""
        return {name: parameter.usual for name, parameter in self.parameters.items()}

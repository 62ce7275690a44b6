"""Rules by which a number agrees with a figure and its qualifier, or differs from it.

Each figure has a core (numbers that confirm it) and bounds (numbers that it allows). A number in the core agrees, one
outside the bounds differs, of one between nothing can be said. Source: decision 37.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_TENTH, _HALF, _DOUBLE = Decimal("0.1"), Decimal("0.5"), Decimal(2)


class FigureVerdict(StrEnum):
    """Whether a number agrees with a figure."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, None where there is no end; `above` and `below`: the end itself does not count."""

    low: Decimal | None
    high: Decimal | None
    above: bool = False
    below: bool = False

    def holds(self, number: Decimal) -> bool:
        """Tell whether a number is in the range."""
        if self.low is not None and (number <= self.low if self.above else number < self.low):
            return False
        return self.high is None or (number < self.high if self.below else number <= self.high)

    def meets(self, other: "Range") -> bool:
        """Tell whether two ranges have a number in common.

        >>> Range(Decimal(9), None).meets(Range(None, Decimal(9))), Range(Decimal(9), None, True).meets(
        ...     Range(None, Decimal(9)))
        (True, False)
        """
        return _begins_before_end(self, other) and _begins_before_end(other, self)


@dataclass(frozen=True, slots=True)
class FigureReading:
    """The numbers that confirm a figure (`core`) and that it allows (`bounds`); `vague` says why the two differ."""

    core: Range
    bounds: Range
    vague: str = ""

    def judge(self, number: Decimal) -> FigureVerdict:
        """Return whether a number agrees with the figure.

        >>> read_figure("9", "at-least").judge(Decimal(11)).value, read_figure("700", "about").judge(Decimal(900)).value
        ('agrees', 'cannot tell')
        """
        if self.core.holds(number):
            return FigureVerdict.AGREES
        return FigureVerdict.UNKNOWN if self.bounds.holds(number) else FigureVerdict.DIFFERS


def read_figure(value: str, qualifier: str = "") -> FigureReading:
    """Return the reading of an xsd:decimal with a qualifier (a slug of its scheme, "" for none).

    KeyError for a qualifier without a rule.

    >>> read_figure("9").core
    Range(low=Decimal('9'), high=Decimal('9'), above=False, below=False)
    """
    return _RULES[qualifier](Decimal(value))


def _read_plain(value: Decimal) -> FigureReading:
    return _read_exact(Range(value, value))


def _read_exact(numbers: Range) -> FigureReading:
    return FigureReading(numbers, numbers)


def _read_about(value: Decimal) -> FigureReading:
    """Allow numbers that round to it, as it was rounded, within a tenth; the bounds are half and double of it."""
    step = min(Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) * _HALF, abs(value) * _TENTH)
    low, high = sorted((value * _HALF, value * _DOUBLE))
    why = "“about” says no bounds: a number that rounds to it bears it out, only half or double of it refutes it"
    return FigureReading(Range(value - step, value + step), Range(low, high), why)


def _read_up_to(value: Decimal) -> FigureReading:
    why = "“up to” tells the highest number reached, and not how many"
    return FigureReading(Range(value, value), Range(None, value), why)


_RULES = {
    "": _read_plain,
    "at-least": lambda value: _read_exact(Range(value, None)),
    "at-most": lambda value: _read_exact(Range(None, value)),
    "more-than": lambda value: _read_exact(Range(value, None, above=True)),
    "less-than": lambda value: _read_exact(Range(None, value, below=True)),
    "about": _read_about,
    "up-to": _read_up_to,
}
"""Qualifier (slug of the scheme; "" for a plain number) → how it is read; a test compares them with the scheme."""


def _begins_before_end(one: Range, other: Range) -> bool:
    if one.low is None or other.high is None:
        return True
    return one.low < other.high or (one.low == other.high and not one.above and not other.below)

"""The rules for qualifiers: every qualifier of the scheme, held against a plain statement of what it means."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pyoxigraph as ox
import pytest

from testimonia.core.layout import Layout
from testimonia.core.namespaces import TERM, expand
from testimonia.linking.comparison.figures import _RULES, FigureVerdict, Range, read_figure

AGREES, DIFFERS, UNKNOWN = FigureVerdict.AGREES, FigureVerdict.DIFFERS, FigureVerdict.UNKNOWN
NUMBERS = [Fraction(quarter, 4) for quarter in range(200)]
VALUES = [*range(21), 30, 40]

ORACLES: dict[str, Callable[[Fraction, Fraction], FigureVerdict]] = {
    "": lambda value, n: AGREES if n == value else DIFFERS,
    "at-least": lambda value, n: AGREES if n >= value else DIFFERS,
    "at-most": lambda value, n: AGREES if n <= value else DIFFERS,
    "more-than": lambda value, n: AGREES if n > value else DIFFERS,
    "less-than": lambda value, n: AGREES if n < value else DIFFERS,
    "up-to": lambda value, n: DIFFERS if n > value else AGREES if n == value else UNKNOWN,
}


def say_about(value: Fraction, n: Fraction) -> FigureVerdict:
    """Half a unit of the last digit that is not 0, at most a tenth; nothing refutes it between half and double."""
    ten = 10 if value and value % 10 == 0 else 1
    if abs(n - value) <= min(Fraction(ten, 2), value / 10):
        return AGREES
    return UNKNOWN if value / 2 <= n <= value * 2 else DIFFERS


def write(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def test_every_qualifier_has_a_rule(project_layout: Layout) -> None:
    triples = ox.parse(path=str(project_layout.terms / "qualifier.ttl"), format=ox.RdfFormat.TURTLE)
    stem = f"{TERM}qualifier/"
    in_scheme = ox.NamedNode(expand("skos:inScheme"))
    slugs = {t.subject.value.removeprefix(stem) for t in triples if t.predicate == in_scheme}
    assert len(slugs) == 6
    assert slugs | {""} == _RULES.keys() == ORACLES.keys() | {"about"}


@pytest.mark.parametrize("qualifier", [*ORACLES, "about"])
def test_a_rule_means_what_it_says(qualifier: str) -> None:
    seen = set()
    for value in VALUES:
        reading = read_figure(str(value), qualifier)
        for number in NUMBERS:
            expected = ORACLES.get(qualifier, say_about)(Fraction(value), number)
            assert reading.judge(write(number)) is expected, (value, float(number))
            seen.add(expected)
    assert seen == ({AGREES, DIFFERS, UNKNOWN} if qualifier in {"about", "up-to"} else {AGREES, DIFFERS})


@pytest.mark.parametrize(
    ("value", "number", "verdict"),
    [
        ("700", "650", AGREES),
        ("700", "649", UNKNOWN),
        ("700", "350", UNKNOWN),
        ("700", "349", DIFFERS),
        ("700", "1401", DIFFERS),
        ("1000", "900", AGREES),
        ("1000", "899", UNKNOWN),
        ("1250", "1255", AGREES),
        ("1250", "1256", UNKNOWN),
        ("27.5", "27.55", AGREES),
        ("27.5", "27.56", UNKNOWN),
        ("0", "0", AGREES),
        ("0", "1", DIFFERS),
    ],
)
def test_about_keeps_to_the_roundness_of_the_number(value: str, number: str, verdict: FigureVerdict) -> None:
    assert read_figure(value, "about").judge(Decimal(number)) is verdict


def test_the_core_lies_within_the_bounds() -> None:
    for qualifier in _RULES:
        for value in VALUES:
            reading = read_figure(str(value), qualifier)
            assert all(reading.bounds.holds(write(n)) for n in NUMBERS if reading.core.holds(write(n)))
            assert bool(reading.vague) == (qualifier in {"about", "up-to"})


def test_ranges_meet_where_they_have_a_number_in_common() -> None:
    ends = [None, Decimal(1), Decimal(2), Decimal(3)]
    halves = [Decimal(n) / 2 for n in range(-2, 12)]
    ranges = [
        Range(low, high, above, below)
        for low in ends
        for high in ends
        for above in (False, True)
        for below in (False, True)
        if low is None or high is None or low < high or (low == high and not above and not below)
    ]
    met = 0
    for one in ranges:
        for other in ranges:
            common = any(one.holds(n) and other.holds(n) for n in halves)
            assert one.meets(other) == other.meets(one) == common, (one, other)
            met += common
    assert 0 < met < len(ranges) ** 2


def test_a_qualifier_without_a_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_figure("1", "nearly")

"""What counts as a numeral, a date expression, a name: invented sentences on disk, each with what is found in it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia.drafting.coverage.dates import Moment, find_dates, parse_moment
from testimonia.drafting.coverage.names import find_names, find_proper_words
from testimonia.drafting.coverage.numerals import find_numerals

CASES = Path(__file__).resolve().parents[2] / "cases" / "coverage"


def read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text("utf-8"))
    return found


NUMERALS, DATES, NAMES = read("numerals.yaml"), read("dates.yaml"), read("names.yaml")


def show(moment: Moment) -> str:
    parts = (moment.year, moment.month or "", moment.day or "", moment.part, moment.unit)
    return " ".join(str(part) for part in parts if part)


def test_there_are_cases() -> None:
    assert (len(NUMERALS), len(DATES), len(NAMES)) == (16, 12, 16)


@pytest.mark.parametrize("case", NUMERALS, ids=lambda c: c["text"])
def test_numerals(case: dict[str, Any]) -> None:
    assert [n.key for n in find_numerals(case["text"])] == case["keys"]


@pytest.mark.parametrize("case", DATES, ids=lambda c: c["text"])
def test_dates(case: dict[str, Any]) -> None:
    text = case["text"]
    assert {text[d.start : d.end]: show(d.moment) for d in find_dates(text)} == case["dates"]


@pytest.mark.parametrize("case", NAMES, ids=lambda c: c["text"])
def test_names(case: dict[str, Any]) -> None:
    found = find_names(case["text"], proper=set(case.get("proper", ())))
    assert [" ".join(n.words) for n in found] == case["names"]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "In 2030 nine sang. In 2031 Mira Solen and ten others sang."
    assert [text[n.start : n.end] for n in find_numerals(text, 19)][-1] == "ten"
    assert [text[d.start : d.end] for d in find_dates(text, 19)] == ["2031"]
    assert [text[n.start : n.end] for n in find_names(text, 19)] == ["Mira Solen"]


def test_a_word_is_proper_where_it_has_a_capital_inside_a_sentence_and_no_small_letter_anywhere() -> None:
    text = "Song fades. A Song, a song. We met Ivo. Ivo sang."
    assert find_proper_words(text, [(0, 11), (12, 27), (28, 39), (40, 49)]) == {"ivo"}


@pytest.mark.parametrize(
    ("said", "held", "yes"),
    [
        ("2031", "2031-05", True),
        ("2031-05", "2031", False),
        ("XXXX-05", "2031-05-04", True),
        ("2031-05", "2031-06", False),
        ("early 2031", "early 2031", True),
        ("early 2031", "2031", False),
        ("early 2031", "2031-02", True),
        ("late 2031", "early 2031", False),
        ("2031-21", "2031-22", False),
    ],
)
def test_a_date_is_held_by_one_that_says_as_much(said: str, held: str, yes: bool) -> None:
    assert parse_moment(said).is_held_by(parse_moment(held)) is yes

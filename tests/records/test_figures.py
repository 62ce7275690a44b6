"""Figures: each part of the grammar, alone and together, and what does not fit it."""

import pytest

from testimonia.records.figures import ParsedFigure, parse_figure

QUALIFIERS = {"at-least", "at-most", "more-than", "less-than", "about", "up-to"}
UNITS = {"persons", "years", "summons", "USD", "crowns", "percent", "weeks"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 years", ParsedFigure("3", None, "years")),
        ("at least 9 persons", ParsedFigure("9", None, "persons", "at-least")),
        ("27.5 percent", ParsedFigure("27.5", None, "percent")),
        ("up to 30 summons per persons", ParsedFigure("30", None, "summons", "up-to", "persons")),
        ("several persons", ParsedFigure(None, "several", "persons")),
        ("tens of thousands of persons", ParsedFigure(None, "tens of thousands of", "persons")),
        ("more than 5 persons in early 2031", ParsedFigure("5", None, "persons", "more-than", date="early 2031")),
        ("about 700 USD, same as reward", ParsedFigure("700", None, "USD", "about", same_as="reward")),
        (
            "2 persons per weeks in 2031, part of claim val-dale/3/detained, same as x/y",
            ParsedFigure("2", None, "persons", None, "weeks", "2031", "claim val-dale/3/detained", "x/y"),
        ),
    ],
)
def test_parts(text: str, expected: ParsedFigure) -> None:
    assert parse_figure(text, QUALIFIERS, UNITS) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3", "no number or word before its unit"),
        ("persons", "no number or word before its unit"),
        ("3 bananas", '"bananas" is no unit'),
        ("3 summons per banana", '"banana" is no unit'),
        ("1,200 persons", "write numbers without commas"),
        ("1.200.000 persons", '"1.200.000" is not a number'),
        ("9to5 persons", '"9to5" is not a number'),
        ("-9 persons", '"-9" is not a number'),
        ("at least ٩ persons", '"٩" is not a number'),
        ("3 persons, half of detained", 'neither "part of KEY" nor "same as KEY"'),
        ("3 persons, part of a, part of b", 'neither "part of KEY" nor "same as KEY"'),
        ("", "no number or word"),
    ],
)
def test_what_does_not_fit(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        parse_figure(text, QUALIFIERS, UNITS)

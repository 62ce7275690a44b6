"""Parse the text of a figure into its parts.

    [at least|at most|more than|less than|about|up to] NUMBER|words UNIT [per UNIT] [in DATE] [, part of KEY]
    [, same as KEY]

KEY is the key of another figure of the same claim, or `claim ID/KEY`, or `claim INTERVIEW/ID/KEY`. What words count
as qualifiers and units is decided by the terms of the schemes `qualifier` and `unit`, not here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

FIGURE_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LINK = re.compile(r"(part of|same as) (\S.*)")


@dataclass(frozen=True, slots=True)
class ParsedFigure:
    """A figure: either `value` (an xsd:decimal lexical form) or `wording`, with its unit (slug) and the rest."""

    value: str | None
    wording: str | None
    unit: str
    qualifier: str | None = None
    per: str | None = None
    date: str | None = None
    part_of: str | None = None
    same_as: str | None = None


def parse_figure(text: str, qualifiers: Collection[str], units: Collection[str]) -> ParsedFigure:
    """Return the parts of a figure; ValueError says what is wrong with it.

    `qualifiers` and `units` are slugs; `at-least` is written `at least`.

    >>> units = {"persons", "percent", "summons", "USD"}
    >>> figure = parse_figure("at least 2 persons, part of detained", {"at-least"}, units)
    >>> figure.qualifier, figure.value, figure.unit, figure.part_of
    ('at-least', '2', 'persons', 'detained')
    >>> parse_figure("several persons in 2031-05", set(), units).wording
    'several'
    >>> parse_figure("1,200 persons", set(), units)
    Traceback (most recent call last):
    ValueError: "200 persons" is neither "part of KEY" nor "same as KEY" (write numbers without commas)
    """
    main, *links = (part.strip() for part in text.split(","))
    ends = _parse_links(links)
    words, date = _split_last(main.split(), "in")
    words, per = _split_last(words, "per")
    qualifier = next((q for q in qualifiers if words[: q.count("-") + 1] == q.split("-")), None)
    if qualifier:
        words = words[qualifier.count("-") + 1 :]
    if len(words) < 2:
        raise ValueError(f'"{text}" has no number or word before its unit')
    *amount, unit = words
    for slug in (unit, per):
        if slug and slug not in units:
            raise ValueError(f'"{slug}" is no unit')
    value, wording = _parse_amount(amount)
    return ParsedFigure(value, wording, unit, qualifier, per, date, ends.get("part of"), ends.get("same as"))


def _parse_links(links: list[str]) -> dict[str, str]:
    """Return the figures that one is part of or the same as, by these words."""
    ends: dict[str, str] = {}
    for link in links:
        match = _LINK.fullmatch(link)
        if not match or match[1] in ends:
            raise ValueError(f'"{link}" is neither "part of KEY" nor "same as KEY" (write numbers without commas)')
        ends[match[1]] = match[2]
    return ends


def _parse_amount(amount: list[str]) -> tuple[str | None, str | None]:
    """Return the value of a figure, or else its wording."""
    if len(amount) == 1 and _NUMBER.fullmatch(amount[0]):
        return amount[0], None
    wording = " ".join(amount)
    if any(map(str.isdigit, amount[0])):
        raise ValueError(f'"{wording}" is not a number')
    return None, wording


def _split_last(words: list[str], marker: str) -> tuple[list[str], str | None]:
    """Cut `… marker rest` in two; a marker that begins the text belongs to it."""
    if marker in words[1:]:
        at = len(words) - 1 - words[::-1].index(marker)
        return words[:at], " ".join(words[at + 1 :])
    return words, None

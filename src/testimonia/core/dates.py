"""Parser of dates as records write them (EDTF), with the first and last day that each may mean.

Before the EDTF (ISO 8601-2) may stand `early`, `mid` or `late`, which it has no sign for: the first, middle or last
third of the year, month or decade. Plain years, months and days are read here; for all else the `edtf` library is
imported when it is first needed, since building its grammar takes as long as answering a question.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_PARTS = ("early", "mid", "late")
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_TIME = re.compile(r"T.*|(?<=\d)(?:Z|[+-]\d\d:\d\d)$")
_LEAP_YEAR = "2000"  # in which 29 February exists: what a day of an unknown year is checked against
_COARSE = re.compile(r"[0-9]{3}X|[0-9]{4}(-(0[1-9]|1[0-2]))?")
_SHAPE = re.compile(
    r"([0-9]{3}X|[0-9]{2}XX|([0-9]{4}|XXXX)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[0-9]{4}-2[1-4])[?~%]?"
)


DateSpan = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date: as written, its EDTF, and its bounds as days.

    There are none (None) for an unknown year, and for a season, which falls into other months on the other half of the
    globe.
    """

    written: str
    edtf: str
    earliest: date | None
    latest: date | None


@lru_cache(maxsize=4096)
def parse_date(written: str) -> ParsedDate:
    """Return the date that a text means; ValueError when it is not one date.

    An interval is no date here: `since` and `until` say what lies between two.

    >>> parse_date("2031-05").latest
    datetime.date(2031, 5, 31)
    >>> early = parse_date("early 2031")
    >>> early.edtf, str(early.earliest), str(early.latest)
    ('2031', '2031-01-01', '2031-04-30')
    >>> parse_date("XXXX-01-07").earliest is None
    True
    >>> parse_date("2031-13")
    Traceback (most recent call last):
    ValueError: "2031-13" is not EDTF
    """
    part, _, rest = written.rpartition(" ")
    if part and (part not in _PARTS or not _COARSE.fullmatch(rest)):
        raise ValueError(f'"{written}" is not EDTF')
    try:
        span = _find_bounds(rest)
    except ValueError as error:
        raise ValueError(f'"{written}" is not EDTF') from error
    if span and part:
        span = _take_third(*span, _PARTS.index(part))
    return ParsedDate(written, rest, *(span or (None, None)))


def find_span(text: str, *, with_time: bool = False) -> DateSpan | None:
    """Return the first and last day that a date means; None where it is no date, or means no certain days.

    `with_time` reads the texts of xsd:date, xsd:dateTime, xsd:gYear and xsd:gYearMonth: a time or zone is dropped.

    >>> [str(day) for day in find_span("2031-02")]
    ['2031-02-01', '2031-02-28']
    >>> find_span("2031-05-04T10:00:00Z", with_time=True) == find_span("2031-05-04")
    True
    """
    try:
        parsed = parse_date(_TIME.sub("", text) if with_time else text)
    except ValueError:
        return None
    return (parsed.earliest, parsed.latest) if parsed.earliest and parsed.latest else None


def _find_bounds(edtf: str) -> DateSpan | None:
    """Return the first and last day of an EDTF date, None for a season or an unknown year; ValueError for no date."""
    if plain := _PLAIN.fullmatch(edtf):
        year, month, day = (int(number or 0) for number in plain.groups())
        first, last = date(year, month or 1, day or 1), date(year, month or 12, 1)
        return first, first if day else last.replace(day=monthrange(year, last.month)[1])
    if not _SHAPE.fullmatch(edtf) or edtf == "XXXX":
        raise ValueError(edtf)
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415
    from edtf.parser.parser_classes import Season  # noqa: PLC0415

    try:
        parsed = parse_edtf(edtf.replace("XXXX", _LEAP_YEAR))
    except EDTFParseException as error:
        raise ValueError(edtf) from error
    if edtf.startswith("XXXX") or isinstance(parsed, Season):
        return None
    lower, upper = parsed.lower_strict(), parsed.upper_strict()
    return date(*lower[:3]), date(*upper[:3])


def _take_third(first: date, last: date, third: int) -> DateSpan:
    """Cut a month into days 1–10, 11–20, 21–end; a year into four months each; a decade into 3, 4 and 3 years."""
    if (last - first).days < 32:
        starts = [first, first + timedelta(days=10), first + timedelta(days=20)]
    elif first.year == last.year:
        starts = [date(first.year, month, 1) for month in (1, 5, 9)]
    else:
        starts = [date(first.year + years, 1, 1) for years in (0, 3, 7)]
    ends = [starts[1] - timedelta(days=1), starts[2] - timedelta(days=1), last]
    return starts[third], ends[third]

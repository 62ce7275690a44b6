"""Dates: an EDTF text as written in a record in, the same text with its first and last possible day out.

EDTF (ISO 8601-2) is parsed by the `edtf` library. Before it may stand `early`, `mid` or `late`, which EDTF has no
sign for: the first, middle or last third of the year, month or decade. The library is imported with the first date:
it builds its grammar on import, which takes as long as a question does.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

EXPECTED_DATE = "YYYY, YYYY-MM or YYYY-MM-DD (months 21 to 24 are seasons), X for unknown digits, ? or ~ behind"
_PARTS = ("early", "mid", "late")
_LEAP_YEAR = "2000"  # in which 29 February exists: what a day of an unknown year is checked against
_COARSE = re.compile(r"[0-9]{3}X|[0-9]{4}(-(0[1-9]|1[0-2]))?")
_SHAPE = re.compile(
    r"([0-9]{3}X|[0-9]{2}XX|([0-9]{4}|XXXX)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[0-9]{4}-2[1-4])[?~%]?"
)


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
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415
    from edtf.parser.parser_classes import Season  # noqa: PLC0415

    try:
        if not _SHAPE.fullmatch(rest) or rest == "XXXX":
            raise ValueError(rest)
        parsed = parse_edtf(rest.replace("XXXX", _LEAP_YEAR) if rest.startswith("XXXX-") else rest)
        if rest.startswith("XXXX-") or isinstance(parsed, Season):
            return ParsedDate(written, rest, None, None)
        first, last = (date(*moment[:3]) for moment in (parsed.lower_strict(), parsed.upper_strict()))
    except (EDTFParseException, ValueError) as error:
        raise ValueError(f'"{written}" is not EDTF') from error
    if part:
        first, last = _take_third(first, last, _PARTS.index(part))
    return ParsedDate(written, rest, first, last)


def _take_third(first: date, last: date, third: int) -> tuple[date, date]:
    """Cut a month into days 1–10, 11–20, 21–end; a year into four months each; a decade into 3, 4 and 3 years."""
    if (last - first).days < 32:
        starts = [first, first + timedelta(days=10), first + timedelta(days=20)]
    elif first.year == last.year:
        starts = [date(first.year, month, 1) for month in (1, 5, 9)]
    else:
        starts = [date(first.year + years, 1, 1) for years in (0, 3, 7)]
    ends = [starts[1] - timedelta(days=1), starts[2] - timedelta(days=1), last]
    return starts[third], ends[third]

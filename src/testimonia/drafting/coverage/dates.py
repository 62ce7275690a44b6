"""The date expressions of a text, and the dates of a record in the same form.

A date expression is explicit (it names a day, month, season, year or decade) or relative ("the month before", "last
year"); of a relative one only its unit is kept.
"""

import re
from dataclasses import dataclass

from testimonia.drafting.coverage.offsets import overlaps

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_PARTS = {"early": "early", "start": "early", "beginning": "early", "mid": "mid", "middle": "mid", "late": "late"}
_PARTS |= {"end": "late"}
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_UNIT = "year|month|week|day|decade|century|" + "|".join(_SEASONS)

_MONTH = (
    rf"(?P<month>(?-i:{'|'.join(m.capitalize() for m in _MONTHS)})|(?-i:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_PART = r"(?:(?P<part>early|mid|late)[ -](?:in )?|(?:the )?(?P<edge>start|beginning|middle|end) of )"
_SEASON = f"(?P<season>{'|'.join(_SEASONS)})"
_EXPLICIT = [
    rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?",
    rf"{_MONTH} {_DAY}(?!\d|,\d{{3}}| (?:persons|people))(?:,? {_YEAR})?",
    rf"(?:{_PART})?{_MONTH}(?:,? (?:of )?{_YEAR})?",
    r"(?P<full>\d{4}-\d\d(?:-\d\d)?)",
    rf"(?:{_PART})?(?:the )?{_SEASON} (?:of )?{_YEAR}",
    rf"(?:{_PART})?(?:the )?(?P<decade>(?:1[5-9]|20|21)\d0)s",
    rf"(?:{_PART})?{_YEAR}",
]
_LATER = "next|last|this|past|previous|following|coming|same|that|recent"
_RELATIVE = [
    rf"(?:the )?(?:{_LATER}) (?:few )?(?P<unit>{_UNIT}|weekend)s?\b",
    rf"(?:the|an?|one|two|three|few|several|some|many|\d+) (?P<unit2>{_UNIT})s?"
    r" (?:before|after|ago|earlier|later|out)\b",
    rf"(?:the )?(?:start|beginning|middle|end|turn|rest) of (?:the|this|last|next|that) (?P<unit3>{_UNIT})",
    rf"(?:in|by|since|until|during|the|this|last|next|following) (?P<unit4>{'|'.join(_SEASONS)})\b",
    r"(?P<day5>yesterday|tonight|tomorrow)",
    rf"(?-i:(?P<day6>{'|'.join(d.capitalize() for d in _DAYS.split('|'))}))s?",
]
_BEFORE_MONTH = re.compile(r"\b(?:in|of|by|since|until|from|to|during|last|next|this|and|or|between|before|after) $")
_EXPLICIT_PATTERNS = [re.compile(rf"(?<![\w$£€.,/-])(?:{p})(?![\w%]|[.,]\d|-\d)", re.IGNORECASE) for p in _EXPLICIT]
_RELATIVE_PATTERNS = [re.compile(rf"(?<![\w-])(?:{p})(?!\w)", re.IGNORECASE) for p in _RELATIVE]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a date says: the parts that it has; season and month share a field, as in EDTF; a decade is `199X`."""

    year: str = ""
    month: int = 0
    day: int = 0
    part: str = ""
    unit: str = ""

    def is_held_by(self, other: "Moment") -> bool:
        """Tell whether another date says all that this one says; a month is more than `early` in a year.

        >>> Moment("2031", 5).is_held_by(Moment("2031", 5, 4)), Moment("2031", 5, 4).is_held_by(Moment("2031", 5))
        (True, False)
        """
        finer = other.part == self.part or (other.month > 0 and not self.month) or (other.day > 0 and not self.day)
        return (
            not self.unit
            and self.year in {"", other.year}
            and self.month in {0, other.month}
            and self.day in {0, other.day}
            and (not self.part or finer)
        )


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression in a text: offsets (end-exclusive) and what it says."""

    start: int
    end: int
    moment: Moment


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateExpression]:
    """Return the date expressions of a stretch, in its order; none lies within another; offsets are those of `text`.

    >>> [(d.moment.month, d.moment.part) for d in find_dates("On 4 May 2031, in June and in early 2032; May I?")]
    [(5, ''), (6, ''), (0, 'early')]
    >>> [d.moment.unit for d in find_dates("the month before, last year, in autumn, at the end of the year")]
    ['month', 'year', 'autumn', 'year']
    """
    end = len(text) if end is None else end
    found: list[DateExpression] = []
    for pattern in (*_EXPLICIT_PATTERNS, *_RELATIVE_PATTERNS):
        for match in pattern.finditer(text, start, end):
            inside = overlaps(match.span(), ((d.start, d.end) for d in found))
            if not inside and not _is_verb(match, text, start):
                found.append(DateExpression(match.start(), match.end(), _read_moment(match)))
    return sorted(found, key=lambda d: d.start)


def parse_moment(written: str) -> Moment:
    """Return what a date of a record says.

    >>> parse_moment("early 2031"), parse_moment("XXXX-06")
    (Moment(year='2031', month=0, day=0, part='early', unit=''), Moment(year='', month=6, day=0, part='', unit=''))
    """
    part, _, rest = written.rpartition(" ")
    numbers = rest.rstrip("?~%").split("-")
    year = "" if numbers[0] == "XXXX" else numbers[0]
    month, day = (int(n) if n.isdigit() else 0 for n in (*numbers[1:], "", "")[:2])
    return Moment(year, month, day, part)


def _is_verb(match: re.Match[str], text: str, start: int) -> bool:
    """Tell whether `May` or `March` may be a verb or a name: nothing stands before it that goes with a month."""
    return match[0] in {"May", "March"} and not _BEFORE_MONTH.search(text, start, match.start())


def _read_moment(match: re.Match[str]) -> Moment:
    """Return what a date expression says."""
    parts = {name: value.lower() for name, value in match.groupdict().items() if value}
    for name in ("unit", "unit2", "unit3", "unit4", "day5", "day6"):
        if name in parts:
            return Moment(unit=parts[name] if name.startswith("unit") else "day")
    if "full" in parts:
        return parse_moment(parts["full"])
    part = _PARTS.get(parts.get("part") or parts.get("edge", ""), "")
    if "decade" in parts:
        return Moment(parts["decade"][:3] + "X", part=part)
    return Moment(parts.get("year", ""), _read_month(parts), int(parts.get("day", 0)), part)


def _read_month(parts: dict[str, str]) -> int:
    """Return the number of a month or season as EDTF counts them; 0 where there is none."""
    if "month" in parts:
        return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(parts["month"][:3]))
    return _SEASONS.get(parts.get("season", ""), 0)

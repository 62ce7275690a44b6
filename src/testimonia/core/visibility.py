"""Who may see a claim, an entity or a whole record, and from which day on.

    public | restricted | embargoed until YYYY-MM-DD

No clock is read: an embargo is over when a person gives a date that lies on or after its day, and not before.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_EMBARGO = re.compile(r"embargoed until (\d{4}-\d{2}-\d{2})", re.ASCII)


class Level(StrEnum):
    """The three words that `visibility:` begins with."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    EMBARGOED = "embargoed"


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who may see something; `until` is the first day on which an embargoed thing may be public."""

    level: Level
    until: date | None = None

    def is_public(self, as_of: date | None) -> bool:
        """Tell whether it may stand in an edition made as of that day; without a day no embargo is over.

        >>> embargo = parse_visibility("embargoed until 2031-05-04")
        >>> embargo.is_public(None), embargo.is_public(date(2031, 5, 3)), embargo.is_public(date(2031, 5, 4))
        (False, False, True)
        """
        over = self.until is not None and as_of is not None and self.until <= as_of
        return self.level is Level.PUBLIC or over


PUBLIC = Visibility(Level.PUBLIC)
RESTRICTED = Visibility(Level.RESTRICTED)


def parse_visibility(text: str) -> Visibility:
    """Return the visibility that a text says; ValueError says what is wrong, without repeating the text.

    >>> parse_visibility("restricted").level
    <Level.RESTRICTED: 'restricted'>
    >>> parse_visibility("embargoed")
    Traceback (most recent call last):
    ValueError: an embargo without the day on which it ends
    >>> parse_visibility("embargoed until 2031-02-30")
    Traceback (most recent call last):
    ValueError: the embargo ends on no day of the calendar
    """
    if text in {Level.PUBLIC, Level.RESTRICTED}:
        return Visibility(Level(text))
    if text.partition(" ")[0] != Level.EMBARGOED:
        raise ValueError("this visibility is unknown")
    match = _EMBARGO.fullmatch(text)
    if not match:
        raise ValueError("an embargo without the day on which it ends")
    return Visibility(Level.EMBARGOED, parse_day(match[1]))


def parse_day(text: str) -> date:
    """Return the day that a text names; ValueError when it names none.

    >>> parse_day("2031-05-04")
    datetime.date(2031, 5, 4)
    """
    try:
        return date.fromisoformat(text if len(text) == len("2031-05-04") else "")
    except ValueError as error:
        raise ValueError("the embargo ends on no day of the calendar") from error

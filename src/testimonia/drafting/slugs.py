"""Proposals for what a name could be called in records."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "rev"})


def propose_slug(name: str) -> str:
    """Return a name in lower-case ASCII letters, digits and hyphens; "" when nothing of it can be written so.

    >>> propose_slug("Želimir Ånd-Jørn’s")
    'zelimir-and-jorns'
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    kept = re.sub(r"[’']", "", "".join(c for c in plain if not unicodedata.combining(c)))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def propose_person(name: str) -> str:
    """Return the slug of a person's name without a title.

    >>> propose_person("Dr. Mira Solen")
    'mira-solen'
    """
    parts = propose_slug(name).split("-")
    while len(parts) > 1 and parts[0] in _TITLES:
        parts.pop(0)
    return "-".join(parts)


def propose_interview_id(country: str, people: tuple[str, ...], number: int) -> str:
    """Return what an interview could be called: country and last name, else country and number.

    >>> propose_interview_id("NORTH VALDORIA", ("Dr Mira Solen",), 3)
    'north-valdoria-solen'
    >>> propose_interview_id("VALDORIA", (), 3)
    'valdoria-3'
    """
    last = propose_slug(people[0].split()[-1]) if people else ""
    return "-".join(filter(None, (propose_slug(country) or "interview", last or str(number))))

"""Recognise the closing lines of an interview: rating, contact, credit, disclaimer.

Only the last paragraphs of an interview are asked, from the end upwards, so that an answer which happens to speak of
ratings or contacts stays an answer.
"""

import re

from testimonia.core.text import SegmentKind

_MARKS = (
    (SegmentKind.RATING, 25, re.compile(r"\brated\s*(?:as\s*)?[‘“'\"](?P<word>[^’”'\"]+)[’”'\"]")),
    (SegmentKind.CONTACT, 60, re.compile(r"(?:Get in touch with|Follow|Contact\b(?=.*(?:through|via|follow|@)))")),
    (SegmentKind.CREDIT, 25, re.compile(r"(?:Photo|Image|Picture|Cover photo)s?(?: credit)?s?\s*(?::|by\b)")),
    (SegmentKind.DISCLAIMER, 60, re.compile(r"(?:The )?(?:opinions|views)\s*expressed\b", re.IGNORECASE)),
)


def find_closing(paragraph: str) -> SegmentKind | None:
    """Return the kind of a closing line, None when a paragraph is none.

    >>> find_closing("Cultural space in Valdoria is rated as ‘narrow’ by theArts Barometer.")
    <SegmentKind.RATING: 'rating'>
    >>> find_closing("Get in touch with the archive through itswebsite.")
    <SegmentKind.CONTACT: 'contact'>
    >>> find_closing("They rated us poorly.") is None
    True
    """
    words = len(paragraph.split())
    for kind, most, mark in _MARKS:
        found = mark.search(paragraph) if kind is SegmentKind.RATING else mark.match(paragraph)
        if found and words <= most:
            return kind
    return None


def find_rating(paragraph: str) -> str | None:
    """Return the word of a rating line, None where there is none.

    >>> find_rating("Cultural space in Valdoria is rated ‘narrow’ by the Arts Barometer.")
    'narrow'
    """
    found = _MARKS[0][2].search(paragraph)
    return found["word"] if found else None

"""Validation of the lexical form of literals by their datatype.

These are the lexical spaces of XML Schema 1.1 part 2, for the datatypes that RDF 1.1 recommends (RDF 1.1 Concepts,
section 5.1), as the specification prints them. No library decides this: of the 304 cases of XML Schema in
tests/cases/literals, rdflib's `ill_typed` is wrong on some 100, elementpath on 52; a cast by pyoxigraph is undecided on
22 of 37 datatypes.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES

XSD, RDF = PREFIXES["xsd"], PREFIXES["rdf"]

_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)"
_FLOAT = rf"[+-]?{_NUMBER}(?:[Ee][+-]?\d+)?|[+-]?INF|NaN"
_CLOCK = r"T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?"
_B64 = "[A-Za-z0-9+/] ?"
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _START + ".0-9\u00b7\u0300-\u036f\u203f\u2040-"
_CHARACTERS = "\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_INTEGER = r"[+-]?\d+"

_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{name: (-(2**bits), 2**bits - 1) for name, bits in (("byte", 7), ("short", 15), ("int", 31), ("long", 63))},
    "unsignedByte": (0, 2**8 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedLong": (0, 2**64 - 1),
}
_FORMS = {
    "string": (rf"[{_CHARACTERS}]*", "text of characters that XML allows"),
    "normalizedString": (r"[^\t\n\r]*", "text without tabs and line ends"),
    "token": (r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?", "words with one space between them"),
    "language": (r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag, such as en-GB"),
    "Name": (rf"[:{_START}][:{_REST}]*", "an XML name"),
    "NCName": (rf"[{_START}][{_REST}]*", "an XML name without a colon"),
    "NMTOKEN": (rf"[:{_REST}]+", "an XML name token"),
    "boolean": (r"true|false|1|0", "true or false"),
    "decimal": (rf"[+-]?{_NUMBER}", "digits, perhaps with one point and a sign"),
    "double": (_FLOAT, "a number, INF, -INF or NaN"),
    "float": (_FLOAT, "a number, INF, -INF or NaN"),
    "date": (rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}?", "YYYY-MM-DD, a day that exists"),
    "time": (rf"{_TIME}{_ZONE}?", "hh:mm:ss"),
    "dateTime": (rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}?", "YYYY-MM-DDThh:mm:ss, a day that exists"),
    "dateTimeStamp": (rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}", "YYYY-MM-DDThh:mm:ss with a time zone"),
    "gYear": (rf"{_YEAR}{_ZONE}?", "YYYY"),
    "gYearMonth": (rf"{_YEAR}-{_MONTH}{_ZONE}?", "YYYY-MM"),
    "gMonth": (rf"--{_MONTH}{_ZONE}?", "--MM"),
    "gMonthDay": (rf"--{_MONTH}-{_DAY}{_ZONE}?", "--MM-DD, a day that exists"),
    "gDay": (rf"---{_DAY}{_ZONE}?", "---DD"),
    "duration": (rf"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:{_CLOCK})?", "such as P1Y2M3DT4H"),
    "yearMonthDuration": (r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?", "years and months, such as P1Y2M"),
    "dayTimeDuration": (rf"-?P(?=[\dT])(?:\d+D)?(?:{_CLOCK})?", "days and time, such as P1DT2H"),
    "hexBinary": (r"(?:[0-9A-Fa-f]{2})*", "pairs of hexadecimal digits"),
    "base64Binary": (
        rf"(?:(?:(?:{_B64}){{4}})*(?:(?:{_B64}){{3}}[A-Za-z0-9+/]|(?:{_B64}){{2}}[AEIMQUYcgkosw048] ?="
        rf"|{_B64}[AQgw] ?= ?=))?",
        "Base64",
    ),
}


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype: whether it allows a text, and a short description of its lexical space."""

    allows: Callable[[str], bool]
    wanted: str


def _make(name: str, pattern: str, wanted: str) -> Datatype:
    form, (least, most) = re.compile(pattern, re.ASCII), _BOUNDS.get(name, (None, None))

    def allows(text: str) -> bool:
        match = form.fullmatch(text)
        if match is None:
            return False
        if least is not None or most is not None:
            return _is_between(text, least, most)
        return "month" not in match.groupdict() or "day" not in match.groupdict() or _is_day(match)

    return Datatype(allows, wanted)


def _is_between(text: str, least: int | None, most: int | None) -> bool:
    """Tell whether an integer of any length lies between two bounds.

    Long ones are decided by their sign: Python refuses to convert texts of more than 4,300 digits.
    """
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > 20:
        return most is None if not text.startswith("-") else least is None
    number = int(text)
    return (least is None or number >= least) and (most is None or number <= most)


def _is_day(match: re.Match[str]) -> bool:
    """Tell whether the month has that day, by the proleptic Gregorian calendar; without a year, in a leap year."""
    year = int(match["year"][-4:]) if "year" in match.groupdict() else 2000
    if "year" in match.groupdict() and match["year"].startswith("-"):
        year = -int(match["year"][-4:])
    return int(match["day"]) <= monthrange(2000 + year % 400, int(match["month"]))[1]


def _is_xml(text: str) -> bool:
    """Tell whether a text is well-formed inside an XML element, where no entity can be declared."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1

    def end(_: object) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0 and not finished:
            raise ValueError

    finished = False
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(f"<testimonia>{text}", False)
        finished = True
        parser.Parse("</testimonia>", True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _wrap(name: str, least: int | None, most: int | None) -> Datatype:
    bounds = [f"{sign} {bound}" for sign, bound in (("from", least), ("to", most)) if bound is not None]
    return _make(name, _INTEGER, " ".join(["a whole number in digits", *bounds]))


DATATYPES = {
    **{XSD + name: _make(name, pattern, wanted) for name, (pattern, wanted) in _FORMS.items()},
    **{XSD + name: _wrap(name, least, most) for name, (least, most) in _BOUNDS.items()},
    RDF + "XMLLiteral": Datatype(_is_xml, "well-formed XML"),
}
"""Datatype IRI → what it allows; datatypes that allow any text are left out."""

ANY_URI = XSD + "anyURI"
"""XML Schema 1.1 formally allows any text for it; `is_iri` tests what is meant by it."""

UNSUITABLE = frozenset(XSD + name for name in ("QName", "NOTATION", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES"))
"""Datatypes that need an enclosing XML document; RDF 1.1 advises against them (RDF 1.1 Concepts, section 5.1)."""

_UNFIT = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute or relative IRI (RFC 3987).

    >>> is_iri("https://example.org/ä?b#c"), is_iri("../a"), is_iri("https://example.org/a b")
    (True, True, False)
    """
    if _UNFIT.search(text):
        return False
    try:
        list(ox.parse(f"<{text}> <x:p> <x:o> .", format=ox.RdfFormat.TURTLE, base_iri="https://example.org/"))
    except SyntaxError:
        return False
    return True

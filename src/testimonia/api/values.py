"""Conversion of RDF terms to Python values, and of Python values to parameters.

| term | value |
|---|---|
| IRI | `Iri`; of a date of the data set `Edtf` |
| text | `str` |
| integer of any kind | `int` |
| decimal | `Decimal` |
| float, double | `float` |
| boolean | `bool` |
| date | `datetime.date` |
| unbound | None |

The value of a column that a question declares a list is a tuple. A literal that its datatype does not allow, or of
another datatype, is returned as its text.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self
from urllib.parse import unquote

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, Term
from testimonia.core.errors import QueryError
from testimonia.core.namespaces import PREFIXES
from testimonia.rdf.short_names import Naming


class Iri(str):
    """An IRI: a str with its short name.

    >>> cuba = Iri("https://example.org/id/cuba", name="cuba")
    >>> cuba.name, cuba.startswith("https://")
    ('cuba', True)
    >>> cuba
    Iri('https://example.org/id/cuba')
    """

    name: str

    def __new__(cls, iri: str, *, name: str = "") -> Self:
        """Create it from an IRI; `name` defaults to the IRI itself."""
        made = super().__new__(cls, iri)
        made.name = name or iri
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        return (str(self),), {"name": self.name}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class Edtf(str):
    """A date as given in a claim: EDTF (https://www.loc.gov/standards/datetime/), perhaps after `early`, `mid`, `late`.

    `day` is its day if it is exactly one, else None; `iri` is its node in the graph, which has its first and last day.

    >>> given = Edtf("2031-05", iri=Iri("https://example.org/date/2031-05"))
    >>> given == "2031-05", given.day, Edtf("2031-05-04", iri=given.iri).day
    (True, None, datetime.date(2031, 5, 4))
    """

    iri: Iri

    def __new__(cls, text: str, *, iri: Iri) -> Self:
        """Create it from its text and its node."""
        made = super().__new__(cls, text)
        made.iri = iri
        return made

    @property
    def day(self) -> date | None:
        """The day, None where the date is not exactly one day, or is uncertain."""
        try:
            return date.fromisoformat(self) if len(self) == len("2031-05-04") else None
        except ValueError:
            return None

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Iri]]:
        return (str(self),), {"iri": self.iri}

    def __repr__(self) -> str:
        return f"Edtf({str(self)!r})"


PythonValue = str | int | float | Decimal | bool | date | tuple[str, ...] | None
"""The value of a cell; `Iri` and `Edtf` are subclasses of str."""

Given = str | int | float | Decimal | bool | date | None
"""The values allowed for a parameter; None means left out."""

_INTEGERS = (
    "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedLong "
    "unsignedInt unsignedShort unsignedByte"
)
_READERS: dict[str, Callable[[str], PythonValue]] = {
    **{PREFIXES["xsd"] + name: int for name in _INTEGERS.split()},
    PREFIXES["xsd"] + "decimal": Decimal,
    PREFIXES["xsd"] + "float": float,
    PREFIXES["xsd"] + "double": float,
    PREFIXES["xsd"] + "date": date.fromisoformat,
    PREFIXES["xsd"] + "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
}


def read_term(term: Term | None, naming: Naming) -> PythonValue:
    """Return the Python value of a term.

    >>> integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    >>> read_term(ox.Literal("12", datatype=integer), Naming("https://example.org/"))
    12
    >>> read_term(ox.NamedNode("https://example.org/date/early-2031"), Naming("https://example.org/"))
    Edtf('early 2031')
    """
    if isinstance(term, ox.NamedNode):
        return _read_iri(term.value, naming)
    if isinstance(term, ox.Literal):
        reader = _READERS.get(term.datatype.value)
        try:
            return reader(term.value) if reader else term.value
        except (ValueError, InvalidOperation, KeyError):
            return term.value
    return None if term is None else str(term)


def read_list(term: Term | None, naming: Naming) -> tuple[str, ...]:
    """Return the members of a list that is one literal, as GROUP_CONCAT makes it.

    >>> read_list(ox.Literal("a; b"), Naming("https://example.org/"))
    ('a', 'b')
    """
    if not isinstance(term, ox.Literal):
        return ()
    parts = filter(None, term.value.split(SEPARATOR))
    return tuple(_read_iri(part, naming) if part.startswith(("http://", "https://")) else part for part in parts)


def write_given(name: str, value: Given) -> str:
    """Return the text of a value given for a parameter; QueryError when no parameter takes its type.

    >>> write_given("since", date(2031, 5, 4)), write_given("country", Iri("https://example.org/id/cuba"))
    ('2031-05-04', 'https://example.org/id/cuba')
    """
    if isinstance(value, Edtf):
        return str(value.iri)
    if isinstance(value, str | int | float | Decimal | date) and not isinstance(value, bool):
        return str(value)
    raise QueryError(f"parameter {name}: a {type(value).__name__} is no value; expected text, a number or a date")


def _read_iri(iri: str, naming: Naming) -> Iri | Edtf:
    name = naming.shorten(iri)
    if iri == f"{naming.get_stem('date')}{name}":
        text = unquote(name)
        return Edtf(text.replace("-", " ", 1) if text[0].islower() else text, iri=Iri(iri, name=name))
    return Iri(iri, name=name)

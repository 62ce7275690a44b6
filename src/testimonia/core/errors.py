"""The errors of the program: one line a person can act on, never with testimony in it.

TestimoniaError            base of all; exit code 2
├── InputError             one or many `Finding`s in curated files or sources
├── QueryError             a SPARQL text or a parameter that cannot be used
├── RemoteError            an endpoint that does not answer as SPARQL 1.1 requires
├── StoppedError           a query that was stopped, or not started because the server is busy
├── OversizeError          a query or an answer that is larger than is allowed
└── UnacceptableError      an answer that cannot be given in any format that is accepted
"""

import difflib
from collections.abc import Iterable
from typing import Unpack

from testimonia.core.findings import Finding, Placed, Wording
from testimonia.core.record import Position


class TestimoniaError(Exception):
    """Base of all errors that the command line reports in one line and exit code 2."""

    __test__ = False  # pytest: not a test class, whatever its name begins with


class InputError(TestimoniaError):
    """Curated files or sources that cannot be used: all that was found at once, sorted by file and line.

    `full` is what was found before what is withheld was taken out of it; it is written to the private folder, and
    never printed.
    """

    def __init__(self, findings: Iterable[Finding], full: Iterable[Finding] = ()) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(set(findings)))
        self.full: tuple[Finding, ...] = tuple(sorted(set(full))) or self.findings
        super().__init__("\n".join(map(str, self.findings)))

    @classmethod
    def at(cls, where: Position | Placed | str, rule: str, **wording: Unpack[Wording]) -> "InputError":
        """Return the error of one finding, with the arguments of `Finding.at`."""
        return cls([Finding.at(where, rule, **wording)])


class QueryError(TestimoniaError):
    """A SPARQL text, its header or a parameter that cannot be used; the message says where and how to fix it."""


class RemoteError(TestimoniaError):
    """A SPARQL endpoint that is out of reach or does not follow the protocol.

    `status` is the HTTP status with which it refused; 0 when it did not get to answer, or answered with something else.
    """

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class StoppedError(TestimoniaError):
    """A query that took too long or too much memory, or found no free worker; try again after `wait` seconds."""

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class OversizeError(TestimoniaError):
    """A query or an answer that is larger than is allowed."""


class UnacceptableError(TestimoniaError):
    """An answer that cannot be given in any of the formats that are accepted."""


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the fix "Did you mean …?" for a word that is not known, or "" when nothing is near.

    >>> find_nearest("agianst", ["against", "by"])
    'Did you mean "against"?'
    >>> find_nearest("zzz", ["against", "by"])
    ''
    """
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""

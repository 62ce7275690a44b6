"""Errors: what went wrong, where in which curated file, and how to mend it.

Goes in: the facts of one problem. Comes out: one line a person can act on. No message ever contains testimony:
ids, offsets and the words that a curator typed into a record, nothing else.

    TestimoniaError            base of all; exit code 2
    ├── InputError             one or many `Problem`s in curated files or sources
    ├── QueryError             a SPARQL text or a parameter that cannot be used
    ├── RemoteError            an endpoint that does not answer as SPARQL 1.1 says
    ├── StoppedError           a query that was stopped, or not begun because too much is asked already
    ├── OversizeError          a query or an answer that is larger than is allowed
    └── UnacceptableError      an answer that cannot be given in any format that is accepted
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class TestimoniaError(Exception):
    """Base of all errors that the command line reports in one line and exit code 2."""

    __test__ = False  # pytest: not a test class, whatever its name begins with


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: file, line (1-based; 0 = the file as a whole), record, what was got and expected, the mend.

    `code` is the kind of problem, one of the catalogue that `testimonia explain` prints from.

    >>> print(Problem("mappings/interviews/x.yaml", 37, 5, "claim 3", 'date "1987-13" is not EDTF',
    ...               "YYYY[-MM[-DD]]", "Correct the date", "not-edtf"))
    mappings/interviews/x.yaml:37:5 claim 3: date "1987-13" is not EDTF;
    expected YYYY[-MM[-DD]]. Correct the date. [not-edtf]
    """

    path: str
    line: int
    column: int
    record: str
    got: str
    expected: str = ""
    mend: str = ""
    code: str = ""

    def __str__(self) -> str:
        """Give the one-line form: `path:line:column record: got; expected …. Mend. [code]`."""
        where = self.path + (f":{self.line}:{self.column}" if self.line else "")
        head = f"{where} {self.record}:" if self.record else f"{where}:"
        body = f"{self.got}; expected {self.expected}." if self.expected else f"{self.got}."
        mend = self.mend if self.mend.endswith(("?", ".", "…")) else f"{self.mend}."
        code = f" [{self.code}]" if self.code else ""
        return make_printable(f"{head} {body}" + (f" {mend}" if self.mend else "") + code)


def make_printable(text: str) -> str:
    r"""Give a text whose control and direction characters show as escapes, so that no data can act on a terminal.

    >>> make_printable("a\x1b[31mb\n")
    'a\\x1b[31mb\\n'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class InputError(TestimoniaError):
    """Curated files or sources that cannot be used: all their problems at once, sorted by file and line.

    `full` are the problems before what is withheld was taken out of them; they are written to the private folder, and
    never printed.
    """

    def __init__(self, problems: Iterable[Problem], full: Iterable[Problem] = ()) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        self.full: tuple[Problem, ...] = tuple(sorted(set(full))) or self.problems
        super().__init__("\n".join(map(str, self.problems)))


class QueryError(TestimoniaError):
    """A SPARQL text, its header or a parameter that cannot be used; the message says where and how to mend it."""


class RemoteError(TestimoniaError):
    """A SPARQL endpoint that is out of reach or does not answer as the protocol says.

    `status` is the HTTP status with which it refused; 0 when it did not get to answer, or answered with something else.
    """

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class StoppedError(TestimoniaError):
    """A query that took too long or too much memory, or found no free place; ask again after `wait` seconds."""

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class OversizeError(TestimoniaError):
    """A query or an answer that is larger than is allowed."""


class UnacceptableError(TestimoniaError):
    """An answer that cannot be given in any of the formats that are accepted."""


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Give the mend "Did you mean …?" for a word that is not known, or "" when nothing is near.

    >>> find_nearest("agianst", ["against", "by"])
    'Did you mean "against"?'
    >>> find_nearest("zzz", ["against", "by"])
    ''
    """
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""

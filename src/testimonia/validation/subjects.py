r"""The line on which each subject of an RDF file first begins a statement.

No parser at hand keeps positions. This one looks only for where statements begin, in files that have been parsed
before: it knows tokens, not grammar. Source: the token rules of Turtle 1.1, section 6.5.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from testimonia.core.errors import InputError
from testimonia.core.files import report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.record import Position

_LINES = re.compile(r"^[ \t]*<([^<>\s]*)>", re.MULTILINE)
_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n\r]*)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |<(?P<iri>[^<>\s]*)>
    |(?P<opening>[\[(])|(?P<closing>[\])])|(?P<brace>[{}])
    |(?P<end>\.(?![0-9]))|(?P<mark>[;,])
    |(?P<word>(?:[^\s<>"'\[\](){};,.\#\\]|\\.|\.(?=[^\s<>"'\[\](){};,.\#]))+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVES = {"@prefix", "prefix", "@base", "base", "@version", "version", "graph"}


def find_subjects(text: str, *, lines: bool = False) -> Iterator[tuple[str, int, int]]:
    r"""Find each subject that is an IRI with line and column (1-based, in code points), as often as a statement begins.

    `lines` is for N-Triples and N-Quads: one statement a line. What a TriG file names as a graph comes as well, as it
    stands where a subject may stand.

    >>> head = "@prefix e: <https://example.org/> .\n"
    >>> list(find_subjects(head + "\ne:a e:p '. e:b' ; e:q [ e:r e:c ] .\n e:b e:p 1.5 ."))
    [('https://example.org/a', 3, 1), ('https://example.org/b', 4, 2)]
    """
    found = ((m[1], m.start(1) - 1) for m in _LINES.finditer(text)) if lines else _scan(text)
    line, seen = 1, 0
    for iri, offset in found:
        line += text.count("\n", seen, offset)
        seen = offset
        yield iri, line, offset - text.rfind("\n", 0, offset)


def _scan(text: str) -> Iterator[tuple[str, int]]:
    """Yield the IRI and the offset of each first token of a statement."""
    scanner = _Scanner()
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip" and (iri := scanner.read(match)):
            yield iri, match.start()


@dataclass(slots=True)
class _Scanner:
    """Follows the tokens of a file; `first` says that the next one begins a statement, `directive` is an open one."""

    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    directive: list[str] = field(default_factory=list)
    depth: int = 0
    first: bool = True

    def read(self, match: re.Match[str]) -> str:
        """Return the IRI of a token that is the subject of a statement, "" for any other."""
        kind, token = match.lastgroup, match[0]
        if self.directive:
            self._read_directive(match)
            return ""
        if kind == "brace" or (kind == "end" and self.depth == 0):
            self.first = True
            return ""
        self.depth += (kind == "opening") - (kind == "closing")
        if not self.first:
            return ""
        self.first = False
        if kind == "iri":
            return _resolve(self.base, match["iri"])
        if kind == "word" and token.lower() in _DIRECTIVES:
            self._begin_directive(token)
            return ""
        prefix, _, local = token.partition(":")
        return self.prefixes.get(f"{prefix}:", "") and self.prefixes[f"{prefix}:"] + local.replace("\\", "")

    def _begin_directive(self, token: str) -> None:
        self.first = token.lower() == "graph"
        if not self.first and not token.lower().endswith("version"):
            self.directive = [token]

    def _read_directive(self, match: re.Match[str]) -> None:
        """Take one more token of `@base` or `@prefix`; the IRI is its last."""
        self.directive.append(match[0])
        if match.lastgroup != "iri":
            return
        iri = _resolve(self.base, match["iri"])
        if self.directive[0].lower().lstrip("@") == "base":
            self.base = iri
        else:
            self.prefixes[self.directive[1]] = iri
        self.directive, self.first = [], True


def read_subjects(paths: Iterable[Path], name: Callable[[Path], str], wanted: Set[str]) -> dict[str, Position]:
    """Return where the wanted IRIs are first written of, in the order of the files; files of other formats are passed.

    `name` gives a path as it is printed. InputError lists files that cannot be read.
    """
    found: dict[str, Position] = {}
    findings: list[Finding] = []
    for path in paths:
        if path.suffix not in {".ttl", ".trig", ".nt", ".nq"} or wanted <= found.keys():
            continue
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            findings.append(report_unreadable(name(path), error))
            continue
        for iri, line, column in find_subjects(text, lines=path.suffix in {".nt", ".nq"}):
            if iri in wanted:
                found.setdefault(iri, Position(name(path), line, column))
    if findings:
        raise InputError(findings)
    return found


def _resolve(base: str, iri: str) -> str:
    """Return an IRI against a base; an empty fragment stays, which `urljoin` drops."""
    joined = urljoin(base, iri)
    return joined + "#" if iri.endswith("#") and not joined.endswith("#") else joined

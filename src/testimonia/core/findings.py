"""What was found wrong, in a curated file or in the graph: one type, and its one-line form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Required, TypedDict

from testimonia.core.codes import get_code
from testimonia.core.finding_values import describe_value
from testimonia.core.layers import Layer
from testimonia.core.namespaces import PREFIXED, VOCABULARY_BASE, abbreviate
from testimonia.core.printable import make_printable
from testimonia.core.record import Position

SHAPES = VOCABULARY_BASE + "shapes#"
_NAMES = PREFIXED | {SHAPES: "", VOCABULARY_BASE: ""}
_IRI = re.compile(r"<([^<>\s]*)>")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where words stand in a source: its file name, start and end in code points (0-based, end-exclusive)."""

    source: str
    start: int
    end: int


class Wording(TypedDict, total=False):
    """What a finding about a file says, as in `Finding.at`; for functions that add where it stands."""

    found: Required[str]
    record: str
    expected: str | None
    fix: str | None


class Placed(Protocol):
    """Something that stands in a curated file: a word, a quote, a block."""

    @property
    def position(self) -> Position:
        """File, line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: where it stands, which rule says so, what was found and expected, and how to fix it.

    `rule` is a code of the catalogue ("unknown-key"), the slug of a violation query or the IRI of a shape; `found` says
    what is wrong, `expected` what would be right, `fix` what to do, each "" for nothing. `severity` is Violation,
    Warning or Info. Of a file: `record` names the part of it ("claim 3") and `place` the line (1-based; 0 for the file
    as a whole). Of a graph: `focus` is an IRI, `path` an IRI or a SPARQL property path, `component` the local name of a
    SHACL constraint component, `value` an N-Triples term; `span` is the passage that the claim points at. No field ever
    holds testimony.

    >>> where = Position("mappings/interviews/x.yaml", 37, 5)
    >>> print(Finding.at(where, "not-edtf", record="claim 3", found='date "1987-13" is not EDTF',
    ...                  expected="YYYY[-MM[-DD]]", fix="Correct the date"))
    mappings/interviews/x.yaml:37:5 claim 3: date "1987-13" is not EDTF;
    expected YYYY[-MM[-DD]]. Correct the date. [not-edtf]
    """

    rule: str
    found: str
    expected: str = ""
    fix: str = ""
    severity: str = "Violation"
    layer: Layer = Layer.SHACL
    record: str = ""
    place: Position | None = None
    focus: str = ""
    path: str = ""
    component: str = ""
    value: str = ""
    span: SourceSpan | None = None

    @classmethod
    def at(  # noqa: PLR0913  (keyword-only, each a part of the sentence)
        cls,
        where: Position | Placed | str,
        rule: str,
        *,
        found: str,
        record: str = "",
        expected: str | None = None,
        fix: str | None = None,
    ) -> "Finding":
        """Return a finding about a curated file, a source or the command line: about a place in it, or all of it.

        Layer, severity and, where the caller says nothing, what is expected and the fix are those of the catalogue.

        >>> Finding.at("x.yaml", "not-utf-8", found="not UTF-8 (byte 7)").fix
        'Save it as UTF-8'
        """
        if isinstance(where, str):
            where = Position(where, 0, 0)
        code = get_code(rule)
        return cls(
            rule=rule,
            found=found,
            expected=code.expected if expected is None else expected,
            fix=code.fix if fix is None else fix,
            severity=code.severity,
            layer=code.layer,
            record=record,
            place=where if isinstance(where, Position) else where.position,
        )

    @classmethod
    def on(  # noqa: PLR0913  (keyword-only, each a part of the sentence)
        cls,
        focus: str,
        rule: str,
        *,
        found: str,
        fix: str,
        path: str = "",
        value: str = "",
        severity: str = "",
        place: Position | None = None,
    ) -> "Finding":
        """Return a finding about a node of a graph; layer and severity are those of the catalogue.

        >>> Finding.on("https://example.org/x", "unused-concept", found="Nothing uses it.", fix="Use it").severity
        'Info'
        """
        code = get_code(rule)
        return cls(
            rule=rule,
            found=found,
            fix=fix,
            severity=severity or code.severity,
            layer=code.layer,
            focus=focus,
            path=path,
            value=value,
            place=place,
        )

    @property
    def file(self) -> str:
        """The path of the file that this is about, as printed; "" where none is known."""
        return self.place.path if self.place else ""

    @property
    def line(self) -> int:
        """The line that this is about, 1-based; 0 where none is known."""
        return self.place.line if self.place else 0

    @property
    def message(self) -> str:
        """What was found, in which part of the file, and what was expected."""
        found = f"{self.record}: {self.found}" if self.record else self.found
        return f"{found}; expected {self.expected}" if self.expected else found

    def __str__(self) -> str:
        """Return the one-line form: `file:line:column record: found; expected …. Fix. [rule]`."""
        if self.focus and self.place is None:
            return format_finding(self)
        at = self.place
        where = f"{at.path}:{at.line}:{at.column}" if at and at.line else self.file
        separator = " " if self.record else ": "
        fix = "" if not self.fix else f" {self.fix}" if self.fix.endswith(("?", ".", "…")) else f" {self.fix}."
        return make_printable(f"{where}{separator}{self.message}.{fix} [{self.rule}]")

    def __lt__(self, other: "Finding") -> bool:
        """Sort by file and line, what has none first; then by node and rule, or where there is no node by the words."""
        return self._rank() < other._rank()

    def _rank(self) -> tuple[str | int, ...]:
        at = self.place or Position("", 0, 0)
        where = (at.path, at.line, at.column, self.record, self.focus, self.path)
        what = (self.rule, self.component, self.value, self.severity, self.found, self.expected, self.fix)
        return (*where, "", *what) if self.focus else (*where, self.found, *what)


def restore_finding(facts: Mapping[str, Any]) -> Finding:
    """Return the finding that these facts describe, as `dataclasses.asdict` and JSON give them.

    KeyError, TypeError or ValueError where they describe none.

    >>> import json
    >>> from dataclasses import asdict
    >>> finding = Finding.at("x.yaml", "not-utf-8", found="not UTF-8 (byte 7)")
    >>> restore_finding(json.loads(json.dumps(asdict(finding)))) == finding
    True
    """
    place, span = facts["place"], facts["span"]
    if not all(isinstance(value, str) for name, value in facts.items() if name not in {"place", "span"}):
        raise TypeError("a finding is made of text, a place and a span")
    return Finding(
        **{
            **facts,
            "layer": Layer(facts["layer"]),
            "place": Position(**place) if place else None,
            "span": SourceSpan(**span) if span else None,
        }
    )


def shorten(iri: str, base: str = "") -> str:
    """Return an IRI as it is printed: without the data set's base, with a prefix, or in angle brackets.

    >>> shorten("https://example.org/interview/val-solen/claim/5", "https://example.org/")
    'interview/val-solen/claim/5'
    >>> shorten("https://w3id.org/testimonia/ontology#charge")
    't:charge'
    """
    short = abbreviate(iri, _NAMES | {base: ""})
    return f"<{iri}>" if short == iri else short


def shorten_path(path: str, base: str = "") -> str:
    """Return a property path as it is printed, with short IRIs.

    >>> shorten_path("^<https://w3id.org/testimonia/ontology#about>/<https://w3id.org/testimonia/ontology#modality>")
    '^t:about/t:modality'
    """
    return _shorten_all(path, base) if not path or _IRI.search(path) else shorten(path, base)


def shorten_rule(rule: str) -> str:
    """Return a rule as it is printed: the local name of a shape, or the code of another check.

    >>> shorten_rule(SHAPES + "CodedShape"), shorten_rule("unknown-key")
    ('CodedShape', 'unknown-key')
    """
    return shorten(rule) if ":" in rule else rule


def format_finding(finding: Finding, base: str = "") -> str:
    """Return a finding as one line: severity, node, path, value, message, shape. `base` is the data set's base IRI.

    >>> finding = Finding(rule=SHAPES + "CodedShape", focus="https://example.org/id/sound-act",
    ...     value="<https://example.org/id/sound-act>", found="Only a territory has an ISO code.")
    >>> print(format_finding(finding, "https://example.org/"))
    violation id/sound-act: Only a territory has an ISO code. [CodedShape]
    """
    path = shorten_path(finding.path, base)
    where = " ".join(filter(None, (shorten(finding.focus, base), path, format_value(finding, base))))
    line = f"{finding.severity.lower()} {where}: {finding.message} [{shorten_rule(finding.rule)}]"
    return make_printable(line)


def format_value(finding: Finding, base: str = "") -> str:
    """Return the value of a finding as it is printed; "" where it has none, or its node is the value.

    Text is not shown (see `values`), and long values are cut.
    """
    if finding.value in {"", f"<{finding.focus}>"}:
        return ""
    value = _shorten_all(describe_value(finding.value), base)
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"


def _shorten_all(text: str, base: str) -> str:
    return _IRI.sub(lambda match: shorten(match[1], base), text)


def find_first_property(path: str) -> str:
    """Return the IRI of the first property of a path as `paths.format_path` gives it; "" for no path.

    >>> find_first_property("^<https://example.org/about>/<https://example.org/modality>")
    'https://example.org/about'
    """
    match = _IRI.search(path)
    return match[1] if match else path

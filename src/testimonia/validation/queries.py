"""Violation queries: each row that one gives is a finding.

They hold what shapes cannot or should not: rules over several nodes of several graphs, where SHACL Core has no words
and a `sh:sparql` constraint takes minutes. Each file is `<rule>-violation.rq` with a header that begins with `#+`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.answer import Term
from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import Finding, shorten
from testimonia.core.layers import Layer
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import run_select
from testimonia.sparql.saved_query import SavedQueryReader, read_saved_queries
from testimonia.validation.options import SEVERITIES
from testimonia.validation.report import Rule

SUFFIX = "-violation"
_KEYS = ("summary", "description", "severity", "message", "fix")
_COLUMNS = ("focus", "path", "value")
_PLACEHOLDER = re.compile(r"\{\?(\w+)\}")


@dataclass(frozen=True, slots=True)
class ViolationQuery:
    """A violation query: `slug` is the rule that its findings name, `summary` what it asks, `description` why.

    The query gives `?focus`, an IRI; perhaps `?path`, an IRI, and `?value`; other columns fill the places of the
    message that are written `{?column}`.
    """

    slug: str
    summary: str
    description: str
    severity: str
    message: str
    fix: str
    query: str


def read_checks(folder: Path) -> list[ViolationQuery]:
    """Return the checks of a folder by slug; InputError lists every problem of every file."""
    root = folder.parent.parent
    found = read_saved_queries(folder, lambda path: path.relative_to(root).as_posix(), "violation query", parse_check)
    return list(found.values())


def list_check_rules(checks: Sequence[ViolationQuery]) -> list[Rule]:
    """Return the rule that each check is."""
    return [Rule(c.slug, Layer.QUERIES, c.slug, f"{c.summary} {c.description}", c.severity) for c in checks]


def parse_check(text: str, stem: str, name: str) -> tuple[ViolationQuery | None, list[Finding]]:
    r"""Return the check that a text is (None when it cannot be used) and its problems.

    `stem` is the name of its file without the ending, `name` the path as it is printed.

    >>> check, problems = parse_check("#+ summary: Any?\nSELECT ?x { ?x ?y ?z }", "any-violation", "any-violation.rq")
    >>> print(problems[0])
    any-violation.rq: no column "focus". Select the node that the finding is about as ?focus. [query-form]
    """
    reader = SavedQueryReader(name)
    slug = stem.removesuffix(SUFFIX)
    reader.check_slug(slug)
    if slug == stem:
        found, expected = f'a name without "{SUFFIX}"', f"<rule>{SUFFIX}.rq"
        reader.report(name, "file-name", found=found, expected=expected)
    tree = reader.read_header(text)
    parameters, form = reader.read_query(text, noun="check")
    if parameters:
        reader.report(name, "query-form", found="parameters: " + ", ".join(parameters), expected="a check takes none")
    columns = form.variables if form else ()
    if form is not None and "focus" not in columns:
        fix = "Select the node that the finding is about as ?focus"
        reader.report(name, "query-form", found='no column "focus"', fix=fix)
    if tree is None:
        return None, reader.findings
    reader.check_keys(tree, _KEYS)
    values = {key: reader.read_text(tree, key) for key in _KEYS}
    if values["severity"] and values["severity"] not in SEVERITIES:
        found = f'severity "{values["severity"]}"'
        reader.report(tree.entries["severity"], "severity-form", found=found, expected=", ".join(SEVERITIES))
    asked = set(_PLACEHOLDER.findall(values["message"]))
    for column in sorted(asked - set(columns) if form else ()):
        found = f"no column ?{column} to put into the message"
        reader.report(tree.entries["message"], "unknown-column", found=found)
    for column in sorted(set(columns) - asked - set(_COLUMNS)):
        fix = "Put it into the message, or remove it"
        reader.report(name, "not-explained", found=f"the column ?{column} is not used", fix=fix)
    if reader.findings:
        return None, reader.findings
    return ViolationQuery(slug, query=text, **values), []


def check_queries(store: ox.Store, checks: Sequence[ViolationQuery]) -> list[Finding]:
    """Return a finding for each row of each check, sorted; the union of all graphs is asked.

    QueryError names the check that the engine cannot run.
    """
    return sorted({finding for check in checks for finding in _run(store, check)})


def _run(store: ox.Store, check: ViolationQuery) -> list[Finding]:
    try:
        solutions = run_select(store, check.query)
    except TestimoniaError as error:
        raise type(error)(f"{check.slug}{SUFFIX}.rq: {error}") from error
    return [_make_finding(check, row) for row in solutions]


def _make_finding(check: ViolationQuery, row: Mapping[str, Term | None]) -> Finding:
    focus, path, value = (row.get(column) for column in _COLUMNS)
    return Finding(
        focus=get_value(focus) or ("" if focus is None else str(focus)),
        path=get_value(path),
        rule=check.slug,
        value="" if value is None else str(value),
        severity=check.severity,
        found=_PLACEHOLDER.sub(lambda match: _show(row[match[1]]), check.message),
        layer=Layer.QUERIES,
        fix=check.fix,
    )


def _show(term: Term | None) -> str:
    """Return a value as it stands in a message."""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return get_value(term) or "nothing"

"""The options of a source that is to be added, and their checks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.sources.raw_files import check_files
from testimonia.sources.tables.form import read_form
from testimonia.sources.tables.rows import find_form
from testimonia.sources.workspace import can_hold, check_name

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """A source that is to be added: its name and files, and what is known of it; "" is not known."""

    name: str
    files: Sequence[Path]
    address: str = ""
    licence: str = ""
    retrieved: str = ""
    base: str = ""
    context: Path | None = None

    @property
    def all_files(self) -> tuple[Path, ...]:
        """The files, and the context where there is one."""
        return (*self.files, *([self.context] if self.context else []))


def check_options(options: SourceOptions, layout: Layout, folder: Path) -> list[Finding]:
    """Return all that is wrong with options and with the folder of the workspace, before any data are read."""
    findings = [*check_name(options.name), *check_folder(layout, folder)]
    findings += [*check_files(options.all_files), *check_tables(options)]
    for option, value in (("--source", options.address), ("--licence", options.licence), ("--base", options.base)):
        if value and not is_iri(value):
            found, expected = f'"{value}" is no IRI', "for example https://example.org/licence"
            findings.append(Finding.at(option, "option-form", found=found, expected=expected))
    if options.retrieved and not find_time(options.retrieved):
        found, expected = f'"{options.retrieved}" is no time', "2031-05-04 or 2031-05-04T12:00:00Z"
        findings.append(Finding.at("--retrieved", "option-form", found=found, expected=expected))
    return findings


def check_tables(options: SourceOptions) -> list[Finding]:
    """Return what is wrong between tables and the context that says what their columns are."""
    tables = [path for path in options.files if find_form(path.name)]
    if options.context is None:
        found, expected = "a table, and no context that says what its columns are", "--context FILE (docs/tables.md)"
        return [Finding.at(path.as_posix(), "table-context", found=found, expected=expected) for path in tables]
    if not tables:
        found, expected = "a context, and no table that it is for", ".csv, .tsv, .jsonl or .ndjson"
        return [Finding.at(options.context.as_posix(), "table-context", found=found, expected=expected)]
    try:
        read_form(options.context, options.context.as_posix())
    except InputError as error:
        return list(error.findings)
    return []


def check_folder(layout: Layout, folder: Path) -> list[Finding]:
    """Return a finding when a folder cannot be a workspace: it is in the data set's, or holds something else."""
    where = folder.resolve()

    def refuse(found: str, expected: str | None = None) -> list[Finding]:
        fix = "Choose a folder of its own"
        return [Finding.at(folder.as_posix(), "workspace-place", found=found, expected=expected, fix=fix)]

    kept = (layout.graph, layout.records.parent, layout.questions.parent, layout.shapes, layout.ontology.parent)
    for other in (layout.root, *kept):
        if (where.is_relative_to(other) and other != layout.root) or other.is_relative_to(where):
            return refuse(f"it would be mixed up with {layout.name(other) or other}")
    if not where.exists():
        return []
    if not where.is_dir():
        return refuse("no folder")
    return [] if can_hold(where) else refuse("files that are no source of a workspace", "a workspace, or nothing")


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI.

    >>> is_iri("https://example.org/"), is_iri("CC BY 4.0"), is_iri("harbour.ttl")
    (True, False, False)
    """
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return _ABSOLUTE.fullmatch(text) is not None


def find_time(text: str) -> str:
    """Return a typed-in day or time as xsd:dateTime in UTC; "" when it is neither, or has no time zone.

    >>> find_time("2031-05-04"), find_time("2031-05-04T12:00:00+02:00"), find_time("May 2031")
    ('2031-05-04T00:00:00Z', '2031-05-04T10:00:00Z', '')
    """
    try:
        if _DAY.fullmatch(text):
            return f"{date.fromisoformat(text).isoformat()}T00:00:00Z"
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return write_time(found) if found.tzinfo else ""


def write_time(found: datetime) -> str:
    """Return a time as xsd:dateTime in UTC, to the second."""
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

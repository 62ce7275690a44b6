"""What somebody types in about a source, and all that is wrong with it."""

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
class Wish:
    """A source that is to be added: its name and files, and what is known of it; "" is not known."""

    name: str
    files: Sequence[Path]
    address: str = ""
    licence: str = ""
    retrieved: str = ""
    base: str = ""
    context: Path | None = None


def check_wish(wish: Wish, layout: Layout, folder: Path) -> list[Finding]:
    """Find all that is wrong with a wish, and with the folder of the workspace, before anything is read or written."""
    files = (*wish.files, *([wish.context] if wish.context else []))
    findings = [*check_name(wish.name), *check_folder(layout, folder), *check_files(files), *check_tables(wish)]
    for option, value in (("--source", wish.address), ("--licence", wish.licence), ("--base", wish.base)):
        if value and not is_iri(value):
            found, expected = f'"{value}" is no IRI', "for example https://example.org/licence"
            findings.append(Finding.at(option, "option-form", found=found, expected=expected))
    if wish.retrieved and not find_time(wish.retrieved):
        found, expected = f'"{wish.retrieved}" is no time', "2031-05-04 or 2031-05-04T12:00:00Z"
        findings.append(Finding.at("--retrieved", "option-form", found=found, expected=expected))
    return findings


def check_tables(wish: Wish) -> list[Finding]:
    """Return what is wrong between tables and the context that says what their columns are."""
    tables = [path for path in wish.files if find_form(path.name)]
    if wish.context is None:
        found, expected = "a table, and no context that says what its columns are", "--context FILE (docs/tables.md)"
        return [Finding.at(path.as_posix(), "table-context", found=found, expected=expected) for path in tables]
    if not tables:
        found, expected = "a context, and no table that it is for", ".csv, .tsv, .jsonl or .ndjson"
        return [Finding.at(wish.context.as_posix(), "table-context", found=found, expected=expected)]
    try:
        read_form(wish.context, wish.context.as_posix())
    except InputError as error:
        return list(error.findings)
    return []


def check_folder(layout: Layout, folder: Path) -> list[Finding]:
    """Return a problem when a workspace would be mixed up with the folders of the data set."""
    where = folder.resolve()
    kept = (layout.graph, layout.records.parent, layout.questions.parent, layout.shapes, layout.ontology.parent)
    for other in (layout.root, *kept):
        inside = where.is_relative_to(other) and other != layout.root
        if inside or other.is_relative_to(where):
            found, fix = f"it would be mixed up with {layout.name(other) or other}", "Choose a folder of its own"
            return [Finding.at(folder.as_posix(), "workspace-place", found=found, fix=fix)]
    if where.exists() and not where.is_dir():
        fix = "Choose a folder of its own"
        return [Finding.at(folder.as_posix(), "workspace-place", found="no folder", fix=fix)]
    if where.exists() and not can_hold(where):
        found, fix = "files that are no source of a workspace lie here", "Choose a folder of its own"
        return [
            Finding.at(folder.as_posix(), "workspace-place", found=found, expected="a workspace, or nothing", fix=fix)
        ]
    return []


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

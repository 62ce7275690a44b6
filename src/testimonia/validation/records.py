"""Records: paths of curated files in; out, what the layers find in the project that comes from these files."""

from collections.abc import Sequence
from pathlib import Path

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.rdf.formats import find_format
from testimonia.validation.report import Inspection, Request
from testimonia.validation.standing import inspect_data_set

_ENDINGS = {".yaml", ".yml", ".tsv"}


def find_curated(paths: Sequence[Path]) -> list[Path]:
    """Return the curated files (YAML, SSSOM) that paths name, of folders those in them; [] when what they name is RDF.

    InputError when both kinds are named: they are checked in different ways.
    """
    folders = [path for path in paths if path.is_dir()]
    records = [path for path in paths if path.suffix in _ENDINGS and path not in folders]
    for folder in folders:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        if not any(find_format(path) for path in files):
            records += [path for path in files if path.suffix in _ENDINGS]
    others = [path for path in paths if path not in records and not any(r.is_relative_to(path) for r in records)]
    if records and others:
        fix = "Check them one after the other"
        raise InputError(
            [Finding.at(others[0].as_posix(), "options-clash", found="RDF and records in one run", fix=fix)]
        )
    return records


def inspect_records(layout: Layout, curated: Sequence[Path], request: Request) -> Inspection:
    """Return the findings of a project that have their place in some of its curated files.

    InputError for a file that is not one of the project's curated files.
    """
    known = {layout.dataset.resolve(), layout.withdrawn.resolve()}
    folders = (layout.records.resolve(), layout.entities.resolve(), layout.links.resolve())
    findings = []
    for path in curated:
        name = path.as_posix()
        if not path.is_file():
            findings.append(Finding.at(name, "not-found", found="not found"))
        elif path.resolve() not in known and not any(path.resolve().is_relative_to(f) for f in folders):
            found = f"no record, registry or links of {layout.root}"
            findings.append(Finding.at(name, "not-of-the-project", found=found))
    if findings:
        raise InputError(findings)
    inspection = inspect_data_set(layout, request)
    chosen = {layout.name(path.resolve()) for path in curated}
    inspection.findings = [f for f in inspection.findings if f.place is not None and f.place.path in chosen]
    return inspection

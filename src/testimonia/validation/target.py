"""What a validation looks at: a data set, some of its curated files, or RDF files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.rdf.formats import find_format

_ENDINGS = {".yaml", ".yml", ".tsv"}


@dataclass(frozen=True, slots=True)
class Target:
    """A data set; with `curated`, only what is found in these files of it; with `files`, these RDF files instead.

    The model by which RDF files are judged is that of `layout`.
    """

    layout: Layout
    curated: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()

    def check(self) -> None:
        """Raise InputError for a curated file that is not there or not one of the data set."""
        known = {self.layout.dataset.resolve(), self.layout.withdrawn.resolve()}
        folders = (self.layout.records.resolve(), self.layout.entities.resolve(), self.layout.links.resolve())
        findings = []
        for path in self.curated:
            name = path.as_posix()
            if not path.is_file():
                findings.append(Finding.at(name, "not-found", found="not found"))
            elif path.resolve() not in known and not any(path.resolve().is_relative_to(f) for f in folders):
                found = f"no record, registry or links of {self.layout.root}"
                findings.append(Finding.at(name, "not-of-the-project", found=found))
        if findings:
            raise InputError(findings)

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is about what was asked for."""
        return not self.curated or finding.file in {self.layout.name(path.resolve()) for path in self.curated}


def find_curated(paths: Sequence[Path]) -> list[Path]:
    """Return the curated files (YAML, SSSOM) that paths name, of folders those in them; [] when what they name is RDF.

    InputError when both kinds are named: they are checked in different ways.
    """
    found = {path: _list_curated(path) for path in paths}
    records = [record for listed in found.values() for record in listed]
    others = [path for path, listed in found.items() if not listed]
    if records and others:
        fix = "Check them one after the other"
        raise InputError.at(others[0].as_posix(), "options-clash", found="RDF and records in one run", fix=fix)
    return records


def _list_curated(path: Path) -> list[Path]:
    """Return a curated file itself, or those of a folder that holds no RDF."""
    if not path.is_dir():
        return [path] if path.suffix in _ENDINGS else []
    files = sorted(file for file in path.rglob("*") if file.is_file())
    if any(map(find_format, files)):
        return []
    return [file for file in files if file.suffix in _ENDINGS]

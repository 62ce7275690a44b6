"""sssom-py reads our files of links as we do; it lives in an environment of its own beside that of the tests."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.linking.drafts import format_draft
from testimonia.linking.suggesting import Suggestion
from testimonia.records.links import read_link_file

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "cases" / "linking" / "reading" / "good" / "links" / "library.sssom.tsv"
PROGRAM = Path(sys.prefix).with_name(".venv-sssom") / "bin" / "sssom"
NAMES = ("subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification")

pytestmark = pytest.mark.slow


def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    assert PROGRAM.is_file(), f"{PROGRAM} is not there: make .venv-sssom/installed"
    return subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, check=False)


def check(path: Path) -> None:
    """Validate a file, and compare what sssom-py reads of it with what we read."""
    done = run("validate", path)
    assert done.returncode == 0, done.stderr
    parsed = run("parse", path)
    assert parsed.returncode == 0, parsed.stderr
    table = [line for line in parsed.stdout.splitlines() if not line.startswith("#") and "\t" in line]
    theirs = sorted(tuple(row.get(name) or "" for name in NAMES) for row in csv.DictReader(table, delimiter="\t"))
    file, problems = read_link_file(path, path.name)
    assert not problems
    assert theirs == sorted(tuple(row.cells.get(name, "") for name in NAMES) for row in file.rows)


def test_every_file_of_the_project(project_layout: Layout) -> None:
    paths = sorted(project_layout.links.glob("*.sssom.tsv"))
    assert paths
    for path in paths:
        check(path)


def test_judgements_that_are_denied_or_unsure() -> None:
    check(GOOD)


def test_suggestions(tmp_path: Path) -> None:
    code = ("https://example.org/p", "https://example.net/a / https://example.net/b", "XZ")
    reasons = ('the same name: "Solen", "Солен"', "both are Person")
    found = [
        Suggestion("https://example.org/id/a", "https://example.net/x#1", "A", "Б", 0.9, reasons, "Person", code),
        Suggestion("https://example.org/id/a", "https://example.net/d/e/%D0%92", "A", "", 0.7, reasons, ""),
    ]
    header = {"mapping_set_id": "https://example.org/s", "license": "https://w3id.org/sssom/license/unspecified"}
    path = tmp_path / "suggestions.sssom.tsv"
    path.write_text(format_draft(found, header, {"id": "https://example.org/id/"}), "utf-8")
    check(path)


def test_it_refuses_what_we_refuse(tmp_path: Path) -> None:
    path = tmp_path / "bad.sssom.tsv"
    path.write_text(GOOD.read_text("utf-8").replace("semapv:MappingReview", "semapv:Guess", 1), "utf-8")
    assert run("validate", path).returncode != 0

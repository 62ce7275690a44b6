"""RDF files as they are read: each bad one of tests/cases/validation/bad-files is refused with its line and column."""

import gzip
import os
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.rdf.formats import FORMATS
from testimonia.validation import sources
from testimonia.validation.sources import find_files, read_source, read_sources

CASES = Path(__file__).resolve().parents[1] / "cases" / "validation"
FILES = sorted((CASES / "bad-files").iterdir())
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "bad-files.yaml").read_text("utf-8"))
TRIPLE = '<https://example.org/a> <https://example.org/b> "1.10"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'


def refuse(*paths: Path) -> tuple[Finding, ...]:
    with pytest.raises(InputError) as raised:
        read_sources(paths)
    return raised.value.findings


def test_each_bad_file_is_expected() -> None:
    assert len(FILES) == 25
    assert {path.name for path in FILES} == set(EXPECTED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bad_files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_FILE", 2**20)
    (problem,) = refuse(path)
    assert [problem.line, problem.place.column if problem.place else 0] == EXPECTED[path.name]["at"]
    assert EXPECTED[path.name]["says"] in problem.found
    assert EXPECTED[path.name]["code"] == problem.rule
    assert problem.file == path.as_posix()


def test_all_bad_files_are_named_at_once() -> None:
    names = [Path(problem.file).name for problem in refuse(*FILES)]
    assert len(names) >= len(FILES) - 2  # the two that are too large only where less is allowed


def test_every_format_gives_the_same_quad(tmp_path: Path) -> None:
    triple = next(iter(ox.parse(TRIPLE, format=ox.RdfFormat.N_TRIPLES))).triple
    for ending, rdf_format in FORMATS.items():
        content = ox.serialize([triple], format=rdf_format)
        assert content is not None
        plain, packed = tmp_path / f"a{ending}", tmp_path / f"a{ending}.gz"
        plain.write_bytes(content)
        packed.write_bytes(gzip.compress(content))
        for path in (plain, packed):
            assert [quad.triple for quad in read_source(path).quads] == [triple], path.name
    assert len(find_files([tmp_path])) == 2 * len(FORMATS)


def test_ordinary_entities_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.owl"
    path.write_text(
        '<!DOCTYPE rdf:RDF [<!ENTITY e "https://example.org/">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
        '<rdf:Description rdf:about="&e;a"><e:b>c</e:b></rdf:Description></rdf:RDF>',
        "utf-8",
    )
    assert [str(quad.subject) for quad in read_source(path).quads] == ["<https://example.org/a>"]


def test_what_is_larger_than_allowed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nt"
    with path.open("wb") as stream:
        stream.truncate(100 * 10**6)
    (problem,) = refuse(path)
    assert (problem.found, problem.rule) == ("more than 64 MB", "file-too-large")
    several = [tmp_path / f"{n}.nt" for n in range(3)]
    for each in several:
        each.write_text(TRIPLE, "utf-8")
    monkeypatch.setattr(sources, "LARGEST_RUN", 2 * len(TRIPLE))
    (problem,) = refuse(*several)
    assert problem.file == several[2].as_posix()
    assert "the files are more than" in problem.found


def test_paths_that_name_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.nt")
    with pytest.raises(InputError) as raised:
        find_files([tmp_path / "folder", tmp_path / "gone.ttl", tmp_path / "pipe.nt"])
    assert [problem.found for problem in raised.value.findings] == [
        "no RDF file in this folder",
        "not found",
        "neither a file nor a folder",
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nt"
    path.write_text(TRIPLE, "utf-8")

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    (problem,) = refuse(path)
    assert problem.found == "cannot be read: Permission denied"


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.nt").write_text("_:x <https://example.org/b> _:x .\n", "utf-8")
    found = read_sources(find_files([tmp_path]))
    assert len({quad.subject for source in found for quad in source.quads}) == 2

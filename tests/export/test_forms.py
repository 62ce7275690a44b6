"""Outputs: a file, a compressed one, a folder, an archive or standard output; nothing half, nothing written over."""

import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest

from testimonia.core.errors import InputError, QueryError
from testimonia.export import statements
from testimonia.export.forms import FORMS, write_export
from testimonia.export.source import ExportSource, read_source

from .conftest import Reader

SINGLE = [name for name, form in FORMS.items() if form.prepare]
SEVERAL = [name for name in FORMS if name not in SINGLE]


@pytest.fixture
def source(lantern: Path) -> ExportSource:
    return read_source(lantern)


@pytest.mark.parametrize("name", SINGLE)
def test_compressed_by_its_name(source: ExportSource, name: str, tmp_path: Path) -> None:
    write_export(source, name, str(tmp_path / "all"))
    write_export(source, name, str(tmp_path / "all.gz"))
    write_export(source, name, str(tmp_path / "other.gz"))
    packed = (tmp_path / "all.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "all").read_bytes()
    assert packed == (tmp_path / "other.gz").read_bytes()  # neither the time nor the name is in it
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "all.gz", "other.gz"]


@pytest.mark.parametrize("name", SINGLE)
def test_standard_output(source: ExportSource, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(said))
    write_export(source, name, "")
    write_export(source, name, str(tmp_path / "all"))
    assert said.getvalue() == (tmp_path / "all").read_bytes()


def test_a_folder_has_a_file_for_each_graph(
    source: ExportSource, lantern: Path, tmp_path: Path, read_folder: Reader
) -> None:
    write_export(source, "nquads", f"{tmp_path / 'parts'}/")
    names = sorted(path.relative_to(lantern).as_posix() for path in lantern.rglob("*.nq"))
    assert sorted(p.relative_to(tmp_path / "parts").as_posix() for p in (tmp_path / "parts").rglob("*.*")) == names
    assert read_folder(tmp_path / "parts") == read_folder(lantern)


@pytest.mark.parametrize("name", FORMS)
def test_an_archive_holds_what_a_folder_would(source: ExportSource, name: str, tmp_path: Path) -> None:
    write_export(source, name, f"{tmp_path / 'parts'}/")
    write_export(source, name, str(tmp_path / "parts.zip"))
    write_export(source, name, str(tmp_path / "again.zip"))
    assert (tmp_path / "parts.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "parts.zip") as archive:
        packed = {entry: archive.read(entry) for entry in archive.namelist()}
    folder = tmp_path / "parts"
    assert packed == {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    assert packed


@pytest.mark.parametrize(
    ("name", "ending"),
    [(n, e) for n in FORMS for e in ("", "/", ".zip", ".gz") if n in SINGLE or e != ".gz"],
)
def test_what_is_there_stays(source: ExportSource, name: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"there{ending}"
    path.write_text("mine", "utf-8")
    with pytest.raises(InputError, match=r"there is something of this name already\. Remove it.*\[cannot-be-written\]"):
        write_export(source, name, str(path) + ("/" if ending == "/" else ""))
    assert path.read_text("utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there(source: ExportSource, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be written: No such file or directory\. \[cannot-be-written\]"):
        write_export(source, "turtle", str(tmp_path / "nowhere" / "all.ttl"))


@pytest.mark.parametrize("ending", ["", "/", ".zip", ".gz"])
def test_nothing_is_left_of_what_failed(
    source: ExportSource, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(statements, "write_blocks", fail)
    with pytest.raises(KeyboardInterrupt):
        write_export(source, "trig", f"{tmp_path / 'out'}{ending}")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(source: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(statements, "write_blocks", fail)
    with pytest.raises(InputError, match="out: cannot be written: No space left on device"):
        write_export(source, "trig", str(tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_form(source: ExportSource) -> None:
    with pytest.raises(QueryError, match=r'--to "turtel" is not known; expected .*Did you mean "turtle"\?'):
        write_export(source, "turtel", "")


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("output", ["", "all.csv", "all.csv.gz"])
def test_several_files_do_not_fit_into_one(source: ExportSource, name: str, output: str) -> None:
    with pytest.raises(QueryError, match=f"--to {name} gives several files; expected --output FOLDER"):
        write_export(source, name, output)

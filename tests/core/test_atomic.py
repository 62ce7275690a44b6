"""Writes that are whole or not there at all."""

import os
import stat
from pathlib import Path

import pytest

from testimonia.core.atomic import write_aside, write_file, write_folder


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    write_file(path, b"old", mode=0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", b"old")
    write_folder(tmp_path / "b", {"c/d.txt": b"old"})
    for name, replace in (("a.txt", False), ("b", True)):
        with pytest.raises(KeyboardInterrupt):
            _write_half(tmp_path / name, replace=replace)
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "b" / "c" / "d.txt").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b"]


def _write_half(path: Path, *, replace: bool) -> None:
    with write_aside(path, replace=replace) as aside:
        aside.write_bytes(b"ha")
        raise KeyboardInterrupt


def test_a_folder_comes_back_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", {"b.txt": b"old"})
    with pytest.raises(FileNotFoundError), write_aside(tmp_path / "a", replace=True):
        pass  # nothing was written
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"old"


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_file(path, b"first", new=True)
    with pytest.raises(FileExistsError):
        write_file(path, b"second", new=True)
    assert path.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_is_not_written_over_another_unless_told(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", {"b.txt": b"old"})
    with pytest.raises(OSError, match="not empty"), write_aside(tmp_path / "a") as aside:
        aside.mkdir()
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"old"
    write_folder(tmp_path / "a", {"c.txt": b"new"})
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["c.txt"]


def test_links_are_followed_and_pipes_stay_pipes(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    write_file(tmp_path / "link", b"through")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"through"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_file(tmp_path / "pipe", b"told")
    assert os.read(reader, 10) == b"told"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()

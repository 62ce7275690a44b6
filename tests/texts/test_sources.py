"""Sources: bytes are hashed and decoded as they are; every unusable file is named, all at once."""

import hashlib
import os
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.texts.sources import read_sources


def test_bytes_are_hashed_and_nothing_is_translated(tmp_path: Path) -> None:
    content = "\ufeffZ\u0065\u0301\r\nline\u2028\n".encode()
    (tmp_path / "b.txt").write_bytes(content)
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "notes.md").write_bytes(b"\xff")
    first, second = read_sources(tmp_path)
    assert (first.name, second.name) == ("a.txt", "b.txt")
    assert second.text.encode() == content
    assert second.sha256 == hashlib.sha256(content).hexdigest()


def test_all_unusable_files_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b"\xef\xbb\xbf \r\n")
    (tmp_path / "latin.txt").write_bytes("first\nMalmö".encode("latin-1"))
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "good.txt").write_bytes(b"good")
    with pytest.raises(InputError) as caught:
        read_sources(tmp_path)
    problems = {p.file.rsplit("/", 1)[-1]: p for p in caught.value.findings}
    assert problems.keys() == {
        *("empty.txt", "blank.txt", "latin.txt", "folder.txt", "dangling.txt", "device.txt", "pipe.txt")
    }
    assert "empty" in problems["empty.txt"].found
    assert "empty" in problems["blank.txt"].found
    assert problems["latin.txt"].found == "not UTF-8 (at byte 10)"
    place = problems["latin.txt"].place
    assert place is not None
    assert (place.line, place.column) == (2, 5)
    assert "cannot be read" in problems["folder.txt"].found
    assert "cannot be read" in problems["dangling.txt"].found
    assert "not a regular file" in problems["device.txt"].found
    assert "not a regular file" in problems["pipe.txt"].found


@pytest.mark.parametrize("name", ["missing", "a-file", "empty-folder"])
def test_a_folder_without_texts(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_bytes(b"a")
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InputError, match=name) as caught:
        read_sources(tmp_path / name)
    assert "TESTIMONIA_TEXTS" in str(caught.value)

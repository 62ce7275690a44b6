"""Lock the records of a private folder, outside the repository, with keyed digests; nothing of it is published.

The folder has mappings/ of its own (interviews, entities), a lock and a key. Problems in it are told in full in a file
there, and nowhere else.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testimonia.anchors.keyed import key_lock
from testimonia.anchors.lockfile import format_lock, parse_lock
from testimonia.core.atomic import write_file
from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.dataset.project import Project, find_unlocked, lock_records
from testimonia.privacy.redaction import FULL_REPORT, PRIVATE
from testimonia.texts.reading import read_texts

_KEY_BYTES = 32


@contextmanager
def keep_private(layout: Layout, private: Path | None) -> Iterator[None]:
    """Write the findings of an InputError raised inside, in full, to the private folder.

    InputError when the folder is not there, or lies within the data set, whose files are committed.
    """
    if private is not None and not private.is_dir():
        raise InputError.at("private folder", "private-folder", found="it is not there")
    if private is not None and private.resolve().is_relative_to(layout.root):
        found, fix = "it lies inside the data set, and would be committed", "Move it elsewhere"
        finding = Finding.at("private folder", "private-folder", found=found, expected="a folder outside", fix=fix)
        raise InputError([finding])
    if private is not None:
        (private / FULL_REPORT).unlink(missing_ok=True)
    try:
        yield
    except InputError as error:
        if private is not None and error.full:
            write_file(private / FULL_REPORT, "".join(f"{finding}\n" for finding in error.full).encode(), mode=0o600)
        raise
    except OSError as error:  # its message names the file
        if private is None or not error.filename or not Path(error.filename).is_relative_to(private):
            raise
        found = f"a file cannot be read or written: {error.strerror}"
        raise InputError.at(PRIVATE, "unreadable-file", found=found) from None


def lock_private(project: Project, private: Path, texts: Path) -> bool:
    """Write the keyed lock of a private folder, with a new key where there is none; tell whether it changed."""
    if project.private is None:
        return False
    layout = Layout(private, project.layout.model)
    readings = read_texts(texts).readings
    lock = key_lock(lock_records(project.private, readings, project.curated.guard), readings, _get_key(layout))
    content = format_lock(lock).encode()
    if layout.keyed_lock.is_file() and layout.keyed_lock.read_bytes() == content:
        return False
    write_file(layout.keyed_lock, content, mode=0o600)
    return True


def check_private(project: Project, private: Path, texts: Path | None) -> None:
    """Raise InputError unless the keyed lock knows every private cue and, with texts, equals what they give now."""
    if project.private is None:
        return
    layout, guard = Layout(private, project.layout.model), project.curated.guard
    found = read_keyed_lock(layout)
    findings = find_unlocked(project.private, found)
    if not findings and texts is not None and project.private.records:
        readings = read_texts(texts).readings
        if key_lock(lock_records(project.private, readings, guard), readings, _get_key(layout)) != found:
            stale = "the texts no longer bear out the keyed lock"
            findings.append(Finding.at(f"{PRIVATE}lock", "lock-stale", found=stale))
    if findings:
        raise InputError(guard.redact(findings), findings)


def read_keyed_lock(layout: Layout) -> Lock:
    """Read the lock of a private folder; an empty lock where there is none yet, InputError where it is damaged."""
    if not layout.keyed_lock.is_file():
        return Lock()
    try:
        return parse_lock(layout.keyed_lock.read_text("utf-8"))
    except (InputError, ValueError, RecursionError) as error:
        finding = Finding.at(f"{PRIVATE}lock", "lock-unreadable", found="the keyed lock is damaged")
        raise InputError([finding], error.full if isinstance(error, InputError) else ()) from None


def _get_key(layout: Layout) -> bytes:
    """Read the key of the digests; a new one is written, for the owner's eyes only, where there is none."""
    if not layout.key.is_file():
        write_file(layout.key, (secrets.token_hex(_KEY_BYTES) + "\n").encode(), mode=0o600)
    try:
        key = bytes.fromhex(layout.key.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) < _KEY_BYTES:
        found = f"the key is not {_KEY_BYTES} bytes in hexadecimal"
        raise InputError.at(f"{PRIVATE}key", "private-key", found=found)
    return key

"""Originals: the files that somebody names in; copies of them byte for byte, with digests, out."""

import errno
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from testimonia.core.errors import InputError, Problem, make_printable
from testimonia.rdf.formats import KNOWN, find_format
from testimonia.sources.limits import MIB
from testimonia.sources.source import Original, find_media_type
from testimonia.sources.tables.rows import find_form

_CHUNK = MIB


def check_files(paths: Sequence[Path]) -> list[Problem]:
    """Find a problem for each path that is no RDF file that can be read, or whose name another has, without opening it.

    >>> [problem.code for problem in check_files([Path("/nowhere.ttl"), Path("/dev/null")])]
    ['not-found', 'unreadable-file']
    """
    problems = [problem for path in paths for problem in _check_file(path)]
    times = Counter(path.name for path in paths)
    for name in sorted(name for name, number in times.items() if number > 1):
        got, mend = f"{times[name]} files of this name", "Rename one, or add them as two sources"
        problems.append(Problem(make_printable(name), 0, 0, "", got, "one", mend, code="file-twice"))
    return problems


def copy_originals(paths: Iterable[Path], folder: Path) -> list[Original]:
    """Copy files into a new folder; give what they are. InputError names what cannot be read; OSError: disk full."""
    folder.mkdir()
    found: list[Original] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(_copy(path, folder / path.name))
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise
            got = f"cannot be read: {error.strerror or error}"
            problems.append(Problem(path.as_posix(), 0, 0, "", got, code="unreadable-file"))
    if problems:
        raise InputError(problems)
    return found


def _check_file(path: Path) -> list[Problem]:
    """Return what is wrong with a file before it is opened."""
    name = make_printable(path.as_posix())
    try:
        mode = path.stat().st_mode
    except OSError as error:
        got = "not found" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror or error}"
        code = "not-found" if isinstance(error, FileNotFoundError) else "unreadable-file"
        return [Problem(name, 0, 0, "", got, "an RDF file", code=code)]
    if stat.S_ISDIR(mode):
        return [Problem(name, 0, 0, "", "a folder", "a file", "Name the files in it", code="unreadable-file")]
    if not stat.S_ISREG(mode):
        return [Problem(name, 0, 0, "", "neither a file nor a folder", "an RDF file", code="unreadable-file")]
    if find_format(path) is None and find_form(path.name) is None:
        mend = "Rename it after its format"
        return [Problem(name, 0, 0, "", "of no format that is read here", KNOWN, mend, code="unknown-format")]
    if not path.name.isprintable() or len(os.fsencode(path.name)) > 200:
        got, expected = "a file name that cannot be kept", "at most 200 bytes of UTF-8, all of them visible"
        return [Problem(name, 0, 0, "", got, expected, "Rename it", code="original-name")]
    return []


def _copy(path: Path, target: Path) -> Original:
    """Copy a file that was regular a moment ago; one that has become a pipe is not waited for."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file, target.open("xb") as copy:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
            size += len(chunk)
    known = find_form(path.name) or find_format(path)
    assert known is not None, "checked before"
    return Original(path.name, size, digest.hexdigest(), find_media_type(path.name, known.media_type))

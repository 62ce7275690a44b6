"""The files of a source as they were received: copied byte for byte, with digests."""

import errno
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from testimonia.core.errors import InputError
from testimonia.core.files import report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.printable import make_printable
from testimonia.rdf.formats import KNOWN, find_format
from testimonia.sources.limits import MIB
from testimonia.sources.source import RawFile, find_media_type
from testimonia.sources.tables.rows import find_form

_CHUNK = MIB


def check_files(paths: Sequence[Path]) -> list[Finding]:
    """Return a finding for each path that is no readable file of a known format, or whose name another has.

    >>> [finding.rule for finding in check_files([Path("/nowhere.ttl"), Path("/dev/null")])]
    ['not-found', 'unreadable-file']
    """
    findings = [finding for path in paths for finding in _check_file(path)]
    times = Counter(path.name for path in paths)
    for name in sorted(name for name, number in times.items() if number > 1):
        found, fix = f"{times[name]} files of this name", "Rename one, or add them as two sources"
        findings.append(Finding.at(make_printable(name), "file-twice", found=found, fix=fix, expected="one"))
    return findings


def copy_raw_files(paths: Iterable[Path], folder: Path) -> list[RawFile]:
    """Copy files into a new folder and describe them; InputError names what cannot be read, OSError a full disk."""
    folder.mkdir()
    found: list[RawFile] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            found.append(_copy(path, folder / path.name))
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise
            findings.append(report_unreadable(path.as_posix(), error))
    if findings:
        raise InputError(findings)
    return found


def _check_file(path: Path) -> list[Finding]:
    """Return what is wrong with a file, as far as it shows without opening it."""
    name = make_printable(path.as_posix())
    try:
        mode = path.stat().st_mode
    except OSError as error:
        missing = Finding.at(name, "not-found", found="not found", expected="an RDF file")
        return [missing if isinstance(error, FileNotFoundError) else report_unreadable(name, error)]
    if stat.S_ISDIR(mode):
        return [Finding.at(name, "unreadable-file", found="a folder", expected="a file", fix="Name the files in it")]
    if not stat.S_ISREG(mode):
        return [Finding.at(name, "unreadable-file", found="neither a file nor a folder", expected="an RDF file")]
    if find_format(path) is None and find_form(path.name) is None:
        fix = "Rename it after its format"
        return [Finding.at(name, "unknown-format", found="unsupported file format", expected=KNOWN, fix=fix)]
    if not path.name.isprintable() or len(os.fsencode(path.name)) > 200:
        found, expected = "a file name that cannot be kept", "at most 200 bytes of UTF-8, all of them visible"
        return [Finding.at(name, "original-name", found=found, expected=expected)]
    return []


def _copy(path: Path, target: Path) -> RawFile:
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
    return RawFile(path.name, size, digest.hexdigest(), find_media_type(path.name, known.media_type))

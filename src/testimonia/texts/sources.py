"""Read and hash the interview texts of a folder.

Nothing is normalised: no newline is translated, no byte order mark removed, so that an offset counts the code points
of the file as it lies there.
"""

import hashlib
from pathlib import Path

from testimonia.core.errors import InputError
from testimonia.core.files import read_bytes, report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.core.text import TextSource

_FOLDER_FIX = "Name the folder with the interview texts: --texts DIR or TESTIMONIA_TEXTS=DIR"


def read_sources(folder: Path) -> tuple[TextSource, ...]:
    """Return every `*.txt` of a folder, in the order of their names.

    InputError holds all problems at once: no such folder, no text in it, a text that is unreadable, empty or not UTF-8.
    """
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix == ".txt")
    except OSError as error:
        found = f"not a folder that can be read ({error.strerror})"
        raise InputError.at(
            str(folder), "unreadable-file", found=found, expected="a folder with *.txt", fix=_FOLDER_FIX
        ) from error
    if not paths:
        found = "no interview text in this folder"
        raise InputError.at(str(folder), "nothing-here", found=found, expected="at least one *.txt", fix=_FOLDER_FIX)
    sources: list[TextSource] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            sources.append(parse_source(path.name, read_bytes(path)))
        except OSError as error:
            fix = "Restore the file or its rights, or remove it from the folder"
            findings.append(report_unreadable(str(path), error, fix))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return tuple(sources)


def parse_source(name: str, content: bytes) -> TextSource:
    r"""Return the source that the bytes of a file are; InputError when it is empty or not UTF-8.

    >>> parse_source("a.txt", "\ufeffa\r\n".encode()).text
    '\ufeffa\r\n'
    >>> parse_source("a.txt", b"a\xff")
    Traceback (most recent call last):
    testimonia.core.errors.InputError: a.txt:1:2: not UTF-8 (at byte 1).
    Restore the file, or save it as UTF-8. [not-utf-8]
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rsplit(b"\n", 1)[-1].decode("utf-8")) + 1
        found = f"not UTF-8 (at byte {error.start})"
        raise InputError.at(
            Position(name, line, column), "not-utf-8", found=found, fix="Restore the file, or save it as UTF-8"
        ) from error
    if not text.strip("\ufeff \t\r\n"):
        raise InputError.at(name, "empty-file", found="an empty text", fix="Restore the file or remove it")
    return TextSource(name, hashlib.sha256(content).hexdigest(), text)

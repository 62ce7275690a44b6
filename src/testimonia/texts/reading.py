"""Read all interview texts of a folder."""

from dataclasses import dataclass
from pathlib import Path

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.text import Reading
from testimonia.texts.layouts import READERS, LayoutReader, get_reader
from testimonia.texts.sources import read_sources


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a folder: readings by source name; `unread` names the sources whose layout has no reader yet."""

    readings: dict[str, Reading]
    unread: tuple[Finding, ...]


def read_texts(folder: Path, readers: tuple[LayoutReader, ...] = READERS) -> Texts:
    """Return the readings of every `*.txt` of a folder.

    A source of an unknown layout is no error here, since no record may ever need it: it is listed in `unread`.
    InputError holds all other problems at once: folders and files (see `read_sources`), then what stands in a
    recognised text where its layout has no place for it.
    """
    readings: dict[str, Reading] = {}
    unread: list[Finding] = []
    findings: list[Finding] = []
    for source in read_sources(folder):
        try:
            reader = get_reader(source, readers)
        except InputError as error:
            unread += error.findings
            continue
        try:
            readings[source.name] = reader.read(source)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return Texts(readings, tuple(unread))

"""Project: a data set read whole (vocabulary, records, lock), locked against its texts, built and written."""

from dataclasses import dataclass
from pathlib import Path

from testimonia.anchors.lockfile import format_lock, parse_lock
from testimonia.anchors.locking import (
    check_lock_against_texts,
    check_record_against_lock,
    lock_record,
    parse_reference,
)
from testimonia.build.graph import BuiltGraph, build_graph
from testimonia.build.writing import compare_folder, write_file, write_folder
from testimonia.errors import InputError, Problem
from testimonia.layout import Layout
from testimonia.model.evidence import Lock, LockedInterview
from testimonia.model.record import Records
from testimonia.records.reading import read_records
from testimonia.records.vocabulary import Vocabulary, read_vocabulary
from testimonia.texts.reading import read_texts


@dataclass(frozen=True, slots=True)
class Project:
    """A data set as read: where it is, what its records may say, what they say."""

    layout: Layout
    vocabulary: Vocabulary
    records: Records


def read_project(layout: Layout) -> Project:
    """Read vocabulary and records; InputError lists every problem of every file."""
    vocabulary = read_vocabulary(layout)
    return Project(layout, vocabulary, read_records(layout, vocabulary))


def lock_project(project: Project, texts: Path) -> Lock:
    """Find every cue of every record in the texts; InputError lists every cue that does not fit exactly one passage."""
    readings = read_texts(texts).readings
    problems: list[Problem] = []
    interviews: dict[str, LockedInterview] = {}
    for record in project.records.records:
        locked, found = lock_record(record, readings.get(parse_reference(record.source.text)[0]))
        problems += found
        if locked is not None:
            interviews[record.interview.text] = locked
    if problems:
        raise InputError(problems)
    used = {locked.source for locked in interviews.values()}
    return Lock({name: readings[name].source.sha256 for name in sorted(used)}, interviews)


def read_lock(layout: Layout) -> Lock:
    """Read the lock file; an empty lock where there is none yet, InputError where it is damaged."""
    if not layout.lock.is_file():
        return Lock()
    return parse_lock(layout.lock.read_text("utf-8"), path=layout.name(layout.lock))


def write_lock(layout: Layout, lock: Lock) -> bool:
    """Write the lock file, whole or not at all; tell whether it changed."""
    content = format_lock(lock).encode()
    if layout.lock.is_file() and layout.lock.read_bytes() == content:
        return False
    write_file(layout.lock, content)
    return True


def check_lock(project: Project, lock: Lock, texts: Path | None) -> None:
    """Raise InputError unless the lock knows every cue and, with texts, they still bear out every passage."""
    problems = [
        problem
        for record in project.records.records
        for problem in check_record_against_lock(record, lock.interviews.get(record.interview.text))
    ]
    if texts is not None:
        path = project.layout.name(project.layout.lock)
        problems += check_lock_against_texts(lock, read_texts(texts).readings, project.records.records, path=path)
    if problems:
        raise InputError(problems)


def build_project(project: Project, lock: Lock) -> BuiltGraph:
    """Give the graph of a data set; nothing is written."""
    return build_graph(project.layout, project.records, lock, project.vocabulary)


def write_graph(folder: Path, built: BuiltGraph) -> list[str]:
    """Write the graph folder, whole or not at all; give the names of the files that changed."""
    changed = compare_folder(folder, built.files)
    if changed:
        write_folder(folder, built.files)
    return changed

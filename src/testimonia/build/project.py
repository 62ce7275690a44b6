"""Project: a data set read whole (vocabulary, records, lock), locked against its texts, built and written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from testimonia.anchors.lockfile import format_lock, parse_lock
from testimonia.anchors.locking import (
    check_lock_against_texts,
    check_record_against_lock,
    lock_record,
    parse_reference,
)
from testimonia.anchors.pruning import prune_lock
from testimonia.build.graph import BuiltGraph, build_graph
from testimonia.build.writing import compare_folder, write_file, write_folder
from testimonia.errors import InputError, Problem
from testimonia.layout import Layout
from testimonia.model.evidence import Lock, LockedInterview
from testimonia.model.record import Records
from testimonia.model.text import Reading
from testimonia.records.reading import Curated, read_private, read_records
from testimonia.records.redaction import Guard
from testimonia.records.vocabulary import Vocabulary, read_vocabulary
from testimonia.texts.reading import read_texts


@dataclass(frozen=True, slots=True)
class Project:
    """A data set as read: where it is, what its records may say, what they say in public.

    `records` are those of the public edition, and all that is mapped, shown or offered; `curated` and `private` are for
    checking and locking.
    """

    layout: Layout
    vocabulary: Vocabulary
    records: Records
    curated: Curated
    private: Records | None = None


def read_project(layout: Layout, *, private: Path | None = None, as_of: date | None = None) -> Project:
    """Read vocabulary and records; InputError lists every problem of every file.

    `private` is the folder of records that are kept apart; `as_of` the day of the edition, by default the settings'.
    """
    vocabulary = read_vocabulary(layout)
    curated = read_records(layout, vocabulary, as_of=as_of)
    apart = read_private(Layout(private, layout.model), curated, vocabulary) if private else None
    return Project(layout, vocabulary, curated.public, curated, apart)


def lock_project(project: Project, texts: Path) -> Lock:
    """Find every cue of every record in the texts; InputError lists every cue that does not fit exactly one passage.

    Withheld cues are looked up as well; the lock holds the public ones only.
    """
    lock = lock_records(project.curated.records, read_texts(texts).readings, project.curated.guard)
    return prune_lock(lock, project.records)


def lock_records(records: Records, readings: Mapping[str, Reading], guard: Guard) -> Lock:
    """Find every cue of these records; InputError lists every cue that does not fit, as the guard lets it be shown."""
    problems: list[Problem] = []
    interviews: dict[str, LockedInterview] = {}
    for record in records.records:
        locked, found = lock_record(record, readings.get(parse_reference(record.source.text)[0]))
        problems += found
        if locked is not None:
            interviews[record.interview.text] = locked
    if problems:
        raise InputError(guard.redact(problems), problems)
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
        problems += check_lock_against_texts(lock, read_texts(texts).readings, path=path)
    if problems:
        raise InputError(project.curated.guard.redact(problems), problems)


def build_project(project: Project, lock: Lock) -> BuiltGraph:
    """Give the graph of a data set; nothing is written."""
    return build_graph(project.layout, project.records, lock, project.vocabulary)


def write_graph(folder: Path, built: BuiltGraph) -> list[str]:
    """Write the graph folder, whole or not at all; give the names of the files that changed."""
    changed = compare_folder(folder, built.files)
    if changed:
        write_folder(folder, built.files)
    return changed

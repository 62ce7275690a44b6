"""A data set read whole (vocabulary, records, lock, links), checked against its texts, built and written.

The way of a record: `collect_records` reads and checks it, `find_passages` looks its cues up in the texts,
`publish_records` makes its public edition, `publish_lock` the lock of that, `build_project` the quads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from testimonia.anchors.lockfile import format_lock, parse_lock
from testimonia.anchors.locking import check_lock_against_texts, check_record_against_lock, lock_record, parse_reference
from testimonia.anchors.pruning import prune_lock
from testimonia.core.atomic import compare_folder, write_file, write_folder
from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock, LockedInterview, Passage
from testimonia.core.findings import Finding
from testimonia.core.layout import MANIFEST, Layout
from testimonia.core.link import Link
from testimonia.core.record import Record, Records
from testimonia.core.text import Reading
from testimonia.dataset.graph import BuiltGraph, build_graph
from testimonia.dataset.records import Collected, Curated, collect_records, publish_records, read_private, read_records
from testimonia.privacy.publication import find_pseudonyms, rename_heads
from testimonia.privacy.redaction import Guard
from testimonia.records.link_checks import find_linkable
from testimonia.records.links import collect_links
from testimonia.texts.reading import read_texts
from testimonia.vocabulary.reading import Vocabulary, read_vocabulary


@dataclass(frozen=True, slots=True)
class Project:
    """A data set as read: its layout, vocabulary, records and links to other data sets.

    `records` are those of the public edition: only they are mapped, shown or offered. `curated` and `private` are for
    checking and locking.
    """

    layout: Layout
    vocabulary: Vocabulary
    records: Records
    curated: Curated
    private: Records | None = None
    links: tuple[Link, ...] = ()


def read_project(layout: Layout, *, private: Path | None = None, as_of: date | None = None) -> Project:
    """Read vocabulary, records and links; InputError lists every problem of every file.

    `private` is the folder of records that are kept apart; `as_of` the day of the edition, by default that of the
    settings.
    """
    vocabulary = read_vocabulary(layout)
    curated = read_records(layout, vocabulary, as_of=as_of)
    links, wrong = collect_links(layout.links, layout.name, find_linkable(curated.public))
    if wrong:
        raise InputError(curated.guard.redact(wrong), wrong)
    apart = read_private(Layout(private, layout.model), curated, vocabulary) if private else None
    return Project(layout, vocabulary, curated.public, curated, apart, tuple(links))


def read_locked_project(
    layout: Layout, texts: Path | None, *, relock: bool = False, private: Path | None = None, as_of: date | None = None
) -> tuple[Project, Lock]:
    """Read a data set and its lock, checked against each other and, with texts, against every passage.

    With `relock` (and texts) the lock is made anew instead. The lock given is that of the public edition, though
    withheld cues are looked up as well. InputError lists every problem of records, cues, lock and texts in one go.
    """
    vocabulary = read_vocabulary(layout)
    collected = collect_records(layout, vocabulary, as_of=as_of)
    lookup = _look_up_cues(layout, collected.records, texts, relock=relock)
    if collected.full:
        raise _explain_unusable(layout, collected, lookup)
    project, wrong_links, exposed = _publish_project(layout, vocabulary, collected)
    lock, found = _check_public_lock(project, lookup)
    found += wrong_links
    if found or exposed:
        raise InputError(collected.guard.redact(found) + exposed, found + exposed)
    if private is not None:
        project = replace(project, private=read_private(Layout(private, layout.model), project.curated, vocabulary))
    return project, lock


@dataclass(frozen=True, slots=True)
class _CueLookup:
    """The stored lock, and a fresh one from the texts: of the cues that resolve, with a finding for each that does not.

    `readings` is None where no texts are given, `stored` None where the lock is made anew.
    """

    stored: Lock | None
    readings: Mapping[str, Reading] | None
    fresh: Lock
    findings: list[Finding]


def _look_up_cues(layout: Layout, records: Records, texts: Path | None, *, relock: bool) -> _CueLookup:
    readings = read_texts(texts).readings if texts is not None else None
    stored = None if relock else read_lock(layout)
    fresh, findings = find_passages(records, readings) if readings is not None else (Lock(), [])
    return _CueLookup(stored, readings, fresh, findings)


def _explain_unusable(layout: Layout, collected: Collected, lookup: _CueLookup) -> InputError:
    """Return the error of records with problems, with those of their cues that are not consequences, and of links."""
    found = lookup.findings
    if lookup.readings is None and not collected.guard.is_needed:  # else nobody can tell what the lock should hold
        found = find_unlocked(collected.records, lookup.stored or Lock())
    found = _leave_out_consequences(found, collected.findings) + collect_links(layout.links, layout.name)[1]
    return InputError(collected.shown + collected.guard.redact(found), collected.full + found)


def _leave_out_consequences(found: list[Finding], known: list[Finding]) -> list[Finding]:
    """Return the findings about cues without those in claims, or under heads, that have a problem of their own already.

    A wrong speaker, say, is why a cue fits nowhere.
    """
    heads = {finding.file for finding in known if not finding.record.startswith("claim ")}
    claims = {(finding.file, finding.record) for finding in known}
    return [f for f in found if f.file not in heads and (f.file, f.record) not in claims]


def _publish_project(
    layout: Layout, vocabulary: Vocabulary, collected: Collected
) -> tuple[Project, list[Finding], list[Finding]]:
    """Return the project with its public edition, what is wrong with its links, and where something withheld shows."""
    curated, exposed = publish_records(collected, vocabulary)
    links, wrong = collect_links(layout.links, layout.name, find_linkable(curated.public))
    return Project(layout, vocabulary, curated.public, curated, links=tuple(links)), wrong, exposed


def _check_public_lock(project: Project, lookup: _CueLookup) -> tuple[Lock, list[Finding]]:
    """Return the lock of the public edition, and what is wrong with it or the cues it is made of."""
    fresh = publish_lock(project, lookup.fresh)
    lock = fresh if lookup.stored is None else publish_lock(project, lookup.stored)
    if lookup.readings is None:
        return lock, find_unlocked(project.records, lock)
    if lookup.findings or lookup.stored is None:
        return lock, list(lookup.findings)
    heads = rename_heads(project.curated.records)
    return lock, _compare_locks(project.layout.name(project.layout.lock), lock, fresh, lookup.readings, heads)


def lock_project(project: Project, texts: Path) -> Lock:
    """Return the lock of all records, from the texts; InputError lists every cue that does not fit exactly one passage.

    Withheld cues are looked up as well; the lock holds the public ones only.
    """
    return publish_lock(
        project, lock_records(project.curated.records, read_texts(texts).readings, project.curated.guard)
    )


def lock_records(records: Records, readings: Mapping[str, Reading], guard: Guard) -> Lock:
    """Return the lock of these records; InputError lists every cue that does not fit, as the guard lets it be shown."""
    lock, findings = find_passages(records, readings)
    if findings:
        raise InputError(guard.redact(findings), findings)
    return lock


def publish_lock(project: Project, lock: Lock) -> Lock:
    """Return the part of a lock that is public: the passages that the edition cites, with its slugs of speakers."""
    return prune_lock(lock, project.records, find_pseudonyms(project.curated.records))


def find_unlocked(records: Records, lock: Lock) -> list[Finding]:
    """Find cues and speakers of records that the lock does not know."""
    return [
        finding
        for record in records.records
        for finding in check_record_against_lock(record, lock.interviews.get(record.interview.text))
    ]


def find_passages(records: Records, readings: Mapping[str, Reading]) -> tuple[Lock, list[Finding]]:
    """Return the lock of all cues that resolve, and a finding for each that does not."""
    findings: list[Finding] = []
    interviews: dict[str, LockedInterview] = {}
    for record in records.records:
        locked, found = lock_record(record, readings.get(parse_reference(record.source.text)[0]))
        findings += found
        if locked is not None:
            interviews[record.interview.text] = locked
    used = {locked.source for locked in interviews.values()}
    return Lock({name: readings[name].source.sha256 for name in sorted(used)}, interviews), findings


def _compare_locks(
    path: str, lock: Lock, fresh: Lock, readings: Mapping[str, Reading], records: tuple[Record, ...]
) -> list[Finding]:
    """Find where a lock differs from what the texts give now: changed sources first, then every stale passage."""
    findings = check_lock_against_texts(lock, readings, records, path=path)
    if findings or lock == fresh:
        return findings
    fix = "Make it anew: testimonia lock --texts DIR"
    for name in sorted(lock.interviews.keys() | fresh.interviews.keys()):
        old, new, record = lock.interviews.get(name), fresh.interviews.get(name), f"interview {name}"
        if old is None or new is None:
            found = "has no record" if new is None else "is not in the lock"
            findings.append(Finding.at(path, "lock-stale", record=record, found=found, fix=fix))
            continue
        for key in sorted(old.passages.keys() | new.passages.keys()):
            was, now = old.passages.get(key), new.passages.get(key)
            if was != now:
                found = f"the cue {key} stands at {_show_offsets(was)} in the lock"
                expected = f"{_show_offsets(now)}, as in the text"
                findings.append(Finding.at(path, "lock-stale", record=record, found=found, expected=expected, fix=fix))
    return findings or [Finding.at(path, "lock-stale", found="another lock than the texts give", fix=fix)]


def _show_offsets(passage: Passage | None) -> str:
    return f"{passage.start}–{passage.end}" if passage else "no passage"


def read_lock(layout: Layout) -> Lock:
    """Read the lock file; an empty lock where there is none yet, InputError where it is damaged."""
    if not layout.lock.is_file():
        return Lock()
    path = layout.name(layout.lock)
    try:
        return parse_lock(layout.lock.read_text("utf-8"), path=path)
    except (ValueError, RecursionError) as error:
        fix = "Restore it, or make it anew: testimonia lock --texts DIR"
        raise InputError.at(path, "lock-unreadable", found="a lock that cannot be read", fix=fix) from error


def write_lock(layout: Layout, lock: Lock) -> bool:
    """Write the lock file, whole or not at all; tell whether it changed."""
    content = format_lock(lock).encode()
    if layout.lock.is_file() and layout.lock.read_bytes() == content:
        return False
    write_file(layout.lock, content)
    return True


def build_project(project: Project, lock: Lock) -> BuiltGraph:
    """Return the graph of a data set; nothing is written."""
    return build_graph(project.layout, project.records, lock, project.vocabulary, project.links)


def write_graph(folder: Path, built: BuiltGraph) -> list[str]:
    """Write the graph folder, whole or not at all; return the names of the files that changed.

    InputError when the folder holds something else than a graph: it would be replaced.
    """
    if folder.exists() and not (folder.is_dir() and ((folder / MANIFEST).is_file() or not any(folder.iterdir()))):
        found = "holds something else than a graph"
        raise InputError.at(folder.as_posix(), "foreign-folder", found=found)
    changed = compare_folder(folder, built.files)
    if changed:
        write_folder(folder, built.files)
    return changed

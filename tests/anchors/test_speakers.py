"""Speakers of quotations: from text and head into the lock, and back out of it."""

from dataclasses import replace

import pytest

from testimonia.anchors.lockfile import format_lock, parse_lock
from testimonia.anchors.locking import check_lock_against_texts
from testimonia.anchors.speakers import assign_speakers
from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock
from testimonia.core.layout import Layout
from testimonia.core.text import Speaker, Voice
from testimonia.dataset.project import (
    Project,
    build_project,
    lock_project,
    read_lock,
    read_locked_project,
    read_project,
)
from testimonia.texts.reading import read_texts


@pytest.fixture
def project(narrative: Layout) -> Project:
    return read_project(narrative)


@pytest.fixture
def lock(project: Project) -> Lock:
    return lock_project(project, project.layout.root / "texts")


def test_the_lock_carries_entities_and_comes_back_the_same(project: Project, lock: Lock) -> None:
    text = format_lock(lock)
    assert parse_lock(text) == lock == read_lock(project.layout)
    assert text.count('"speaker": "tamsin-orle"') == 9
    assert text.count('"speaker": "neighbour"') == 2
    assert "Tamsin Orle" not in text.replace("Tamsin … closed", "")
    assert read_locked_project(project.layout, project.layout.root / "texts")[1] == lock


def test_a_lock_without_a_speaker_is_refused(lock: Lock) -> None:
    with pytest.raises(InputError, match=r"turn 20: not exactly the keys"):
        parse_lock(format_lock(lock).replace(', "speaker": "neighbour", "start": ', ', "start": '))


def test_entities_exchanged_in_the_head_are_noticed_with_texts(project: Project, lock: Lock) -> None:
    (record,) = project.records.records
    names = record.quoted
    swapped = {**names, "Tamsin Orle": names["Edvin Maas"], "Edvin Maas": names["Tamsin Orle"]}
    readings = read_texts(project.layout.root / "texts").readings
    problems = check_lock_against_texts(lock, readings, [replace(record, quoted=swapped)])
    assert ["its turns are read otherwise" in str(problem) for problem in problems] == [True]


def test_every_turn_and_claim_is_stated_by_its_speaker(project: Project, lock: Lock) -> None:
    (record,) = project.records.records
    interview = read_texts(project.layout.root / "texts").readings["heron.txt"].interviews[0]
    speakers = {t.number: t.speaker_name for t in assign_speakers(record, interview).turns}
    files = build_project(project, lock).files
    lines = "\n".join(content.decode() for content in files.values()).splitlines()
    base = "https://example.org/heron/"
    stated = {
        line.split()[0][1:-1].removeprefix(f"{base}interview/heron-orle/"): line.split()[2][1:-1].removeprefix(
            f"{base}id/"
        )
        for line in lines
        if "#statedBy>" in line
    }
    assert all(stated[f"turn/{n}"] == (slug or "author") for n, slug in speakers.items())
    assert [stated[f"claim/{n}"] for n in (9, 10, 13, 23, 30, 46)] == [
        *("author", "author", "tamsin-orle", "edvin-maas", "lene-castell", "neighbour"),
    ]
    assert any("heron-orle/claim/13> " in line and "term/voice/quoted>" in line for line in lines)


def test_a_claim_has_the_part_that_it_names(project: Project) -> None:
    parts = {c.id.text: c.speaker for c in project.records.records[0].claims}
    assert parts["1"] == Speaker(Voice.NARRATOR)
    assert parts["13"] == Speaker(Voice.QUOTED, "tamsin-orle")
    context = project.records.records[0].claims[12].context[0].cue
    assert context.speaker == Speaker(Voice.NARRATOR)

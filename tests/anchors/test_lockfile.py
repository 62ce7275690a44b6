"""The lock file: back and forth without loss, one line a turn and a passage, and nothing else is accepted."""

import json
from typing import Any

import pytest

from testimonia.anchors.lockfile import format_lock, parse_lock
from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock, LockedInterview, Passage
from testimonia.core.text import SegmentKind, Turn, Voice

DIGEST = "0f" * 32
TURNS = (
    Turn(1, SegmentKind.HEADLINE, Voice.HEADLINE, 3, 20),
    Turn(2, SegmentKind.ANSWER, Voice.INTERVIEWEE, 21, 90),
)
PASSAGES = {
    'interviewee: Ö "x" … y': Passage(2, 30, 40, DIGEST),
    "headline: A … b’": Passage(1, 3, 20, DIGEST),
}
LOCK = Lock(
    {"b.txt": DIGEST, "a.txt": DIGEST},
    {
        "z": LockedInterview("b.txt", 2, "question-answer", 3, 90, TURNS, PASSAGES),
        "a": LockedInterview("a.txt", 1, "question-answer", 3, 90, TURNS, {}),
    },
)


def test_back_and_forth() -> None:
    assert parse_lock(format_lock(LOCK)) == LOCK
    assert parse_lock(format_lock(Lock())) == Lock()


def test_sorted_and_one_line_each() -> None:
    text = format_lock(LOCK)
    tree = json.loads(text)
    assert json.dumps(tree, sort_keys=True) == json.dumps(tree)
    assert text.endswith("}\n")
    lines = text.splitlines()
    assert sum('"sha256"' in line for line in lines) == 2
    assert sum('"voice"' in line for line in lines) == 4
    assert '   "interviewee: Ö \\"x\\" … y": {"end": 40, ' in text


def test_a_new_passage_is_one_new_line() -> None:
    more = {**PASSAGES, "interviewee: A": Passage(2, 22, 23, DIGEST)}
    other = Lock(
        LOCK.sources, {**LOCK.interviews, "z": LockedInterview("b.txt", 2, "question-answer", 3, 90, TURNS, more)}
    )
    assert len(set(format_lock(other).splitlines()) - set(format_lock(LOCK).splitlines())) == 1


def change(path: list[str | int], value: Any) -> str:
    tree = json.loads(format_lock(LOCK))
    node = tree
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return json.dumps(tree)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("<<<<<<< ours\n", "lock.json:1:1: not JSON"),
        ("[]", "the lock: not exactly the keys"),
        ('{"version": 1, "version": 1}', '"version" twice'),
        (change(["version"], 2), "version 2 of the lock"),
        (change(["sources"], []), '"sources" is no mapping'),
        (change(["sources", "b.txt"], None), 'interview "z": no digest of its source "b.txt"'),
        (change(["sources", "b.txt"], "0F" * 32), '"b.txt" is no SHA-256'),
        (change(["interviews", "z", "start"], None), 'interview "z": not exactly the keys'),
        (change(["interviews", "z", "start"], True), '"start" is no number'),
        (change(["interviews", "z", "source"], 7), '"source" is no text'),
        (change(["interviews", "z", "turns"], []), '"turns" is no list'),
        (change(["interviews", "z", "turns", 1, "number"], 1), "turn 2: number, kind or voice"),
        (change(["interviews", "z", "turns", 1, "voice"], "crowd"), "turn 2: number, kind or voice"),
        (change(["interviews", "z", "turns", 1, "start"], 100), "starts after its end"),
        (change(["interviews", "z", "passages", "headline: A … b’", "end"], 21), "not within turn 1"),
        (change(["interviews", "z", "passages", "headline: A … b’", "turn"], 3), "not within turn 3"),
        (change(["interviews", "z", "passages", "headline: A … b’", "sha256"], "x"), "is no SHA-256"),
    ],
)
def test_anything_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_lock(text, path="lock.json")
    assert message in str(caught.value)
    assert "testimonia lock --texts DIR" in str(caught.value)

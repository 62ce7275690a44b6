"""The lock file: write the text of a lock, and parse it.

The text is JSON with sorted keys, one line a turn and one line a passage, so that a new claim is one new line in a
diff. Whatever is not exactly of this form is refused: the file is machine-made, a merge conflict in it is locked anew.
"""

import json
import re
from typing import Any

from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock, LockedInterview, Passage
from testimonia.core.record import Position
from testimonia.core.text import SegmentKind, Turn, Voice

VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIX = "Restore the file, or write it anew: testimonia lock --texts DIR"


def format_lock(lock: Lock) -> str:
    """Return the text of a lock file; equal locks give equal texts.

    >>> print(format_lock(Lock({"a.txt": "00"})), end="")
    {
    "interviews": {
    },
    "sources": {
     "a.txt": "00"
    },
    "version": 1
    }
    """
    interviews = [_format_interview(slug, i) for slug, i in sorted(lock.interviews.items())]
    sources = [f" {_json(name)}: {_json(digest)}" for name, digest in sorted(lock.sources.items())]
    parts = [
        '"interviews": {\n' + "".join(",\n".join(interviews) + "\n" if interviews else "") + "}",
        '"sources": {\n' + "".join(",\n".join(sources) + "\n" if sources else "") + "}",
        f'"version": {VERSION}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def parse_lock(text: str, *, path: str = "mappings/passages.lock.json") -> Lock:
    """Return the lock that a text holds; InputError names the place where it is not of the form of `format_lock`.

    >>> parse_lock(format_lock(Lock({"a.txt": "00" * 32}))).sources == {"a.txt": "00" * 32}
    True
    """
    try:
        return _read_lock(json.loads(text, object_pairs_hook=_unique))
    except json.JSONDecodeError as error:
        place, found = Position(path, error.lineno, error.colno), f"not JSON ({error.msg})"
        raise InputError.at(place, "lock-unreadable", found=found, fix=_FIX) from error
    except _FormError as error:
        raise InputError.at(path, "lock-unreadable", found=str(error), fix=_FIX) from error


class _FormError(ValueError):
    """A place where the tree is not of the form of a lock."""


def _format_interview(slug: str, interview: LockedInterview) -> str:
    turns = ["   " + _json(_describe_turn(t)) for t in interview.turns]
    passages = [
        f"   {_json(key)}: " + _json({"end": p.end, "sha256": p.sha256, "start": p.start, "turn": p.turn})
        for key, p in sorted(interview.passages.items())
    ]
    lines = [
        f'  "end": {interview.end}',
        f'  "layout": {_json(interview.layout)}',
        f'  "number": {interview.number}',
        '  "passages": {\n' + "".join(",\n".join(passages) + "\n" if passages else "") + "  }",
        f'  "source": {_json(interview.source)}',
        f'  "start": {interview.start}',
        '  "turns": [\n' + ",\n".join(turns) + "\n  ]",
    ]
    return f" {_json(slug)}: {{\n" + ",\n".join(lines) + "\n }"


def _describe_turn(turn: Turn) -> dict[str, object]:
    """Return the members of a turn's line; the speaker only where there is one."""
    speaker = {"speaker": turn.speaker_name} if turn.speaker_name else {}
    place = {"end": turn.end, "kind": turn.kind, "number": turn.number, "start": turn.start, "voice": turn.voice}
    return {**place, **speaker}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)  # json.loads alone keeps the last of several equal keys in silence
    if len(tree) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _FormError(f'"{twice}" twice')
    return tree


def _read_lock(tree: Any) -> Lock:
    _check_keys(tree, "the lock", {"interviews", "sources", "version"})
    if tree["version"] != VERSION:
        raise _FormError(f"version {tree['version']!r} of the lock; this program reads {VERSION}")
    sources = {name: _get_digest(tree["sources"], name, "sources") for name in _get_map(tree, "sources", "the lock")}
    interviews = _get_map(tree, "interviews", "the lock")
    lock = Lock(sources, {slug: _read_interview(slug, i) for slug, i in interviews.items()})
    for slug, interview in lock.interviews.items():
        if interview.source not in sources:
            raise _FormError(f'interview "{slug}": no digest of its source "{interview.source}"')
    return lock


def _read_interview(slug: str, tree: Any) -> LockedInterview:
    where = f'interview "{slug}"'
    _check_keys(tree, where, {"end", "layout", "number", "passages", "source", "start", "turns"})
    if not isinstance(tree["turns"], list) or not tree["turns"]:
        raise _FormError(f'{where}: "turns" is no list')
    turns = tuple(_read_turn(f"{where}: turn {n}", n, turn) for n, turn in enumerate(tree["turns"], 1))
    passages = {
        key: _read_passage(f'{where}: passage "{key}"', passage, turns)
        for key, passage in _get_map(tree, "passages", where).items()
    }
    start, end = _get_span(tree, where)
    return LockedInterview(
        source=_get_text(tree, "source", where),
        number=_get_number(tree, "number", where),
        layout=_get_text(tree, "layout", where),
        start=start,
        end=end,
        turns=turns,
        passages=passages,
    )


def _read_turn(where: str, number: int, tree: Any) -> Turn:
    quoted = isinstance(tree, dict) and tree.get("voice") == Voice.QUOTED
    _check_keys(tree, where, {"end", "kind", "number", "start", "voice"} | ({"speaker"} if quoted else set()))
    kind, voice = tree["kind"], tree["voice"]
    if kind not in list(SegmentKind) or voice not in list(Voice) or tree["number"] != number:
        raise _FormError(f"{where}: number, kind or voice is not one of a turn")
    speaker = _get_text(tree, "speaker", where) if quoted else ""
    return Turn(number, SegmentKind(kind), Voice(voice), *_get_span(tree, where), speaker)


def _read_passage(where: str, tree: Any, turns: tuple[Turn, ...]) -> Passage:
    _check_keys(tree, where, {"end", "sha256", "start", "turn"})
    start, end = _get_span(tree, where)
    number = _get_number(tree, "turn", where)
    if not 1 <= number <= len(turns) or not turns[number - 1].start <= start < end <= turns[number - 1].end:
        raise _FormError(f"{where}: its offsets are not within turn {number}")
    return Passage(number, start, end, _get_digest(tree, "sha256", where))


def _check_keys(tree: Any, where: str, keys: set[str]) -> None:
    if not isinstance(tree, dict) or tree.keys() != keys:
        raise _FormError(f"{where}: not exactly the keys {', '.join(sorted(keys))}")


def _get_map(tree: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    value = tree[key]
    if not isinstance(value, dict):
        raise _FormError(f'{where}: "{key}" is no mapping')
    return value


def _get_text(tree: dict[str, Any], key: str, where: str) -> str:
    value = tree[key]
    if not isinstance(value, str) or not value:
        raise _FormError(f'{where}: "{key}" is no text')
    return value


def _get_number(tree: dict[str, Any], key: str, where: str) -> int:
    value = tree[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _FormError(f'{where}: "{key}" is no number from 0')
    return value


def _get_digest(tree: dict[str, Any], key: str, where: str) -> str:
    value = tree[key]
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise _FormError(f'{where}: "{key}" is no SHA-256')
    return value


def _get_span(tree: dict[str, Any], where: str) -> tuple[int, int]:
    start, end = _get_number(tree, "start", where), _get_number(tree, "end", where)
    if start > end:
        raise _FormError(f"{where}: starts after its end")
    return start, end

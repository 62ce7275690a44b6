"""Mentions: the slugs of entities and happenings that a claim, an entity or a record's head names, found or changed.

Every plain word of every field counts, but for those that are text or name a term, so that a field that is new to
this module is looked at as well.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from testimonia.model.evidence import Cue
from testimonia.model.record import Claim, Entity, Position, Quote, Record, Word
from testimonia.records.vocabulary import Takes, Vocabulary

CLAIM_PREFIX = "claim "
_TEXTS = frozenset(
    {
        *("id", "interview", "source", "title", "language", "inferred", "figures", "position", "visibility"),
        *("gist", "kind", "thing", "slug", "pseudonym"),
    }
)
_LEAVES = (type, Cue, Quote, Position)
Node = TypeVar("Node", bound=Claim | Entity | Record)


def find_mentions(node: Claim | Entity | Record, vocabulary: Vocabulary) -> set[str]:
    """Give the slugs that a node names in whatever role; of a record those of its head alone."""
    found: set[str] = set()

    def note(word: Word) -> Word:
        if not word.text.startswith(CLAIM_PREFIX):
            found.add(word.text)
        return word

    change_mentions(node, note, vocabulary)
    return found


def change_mentions(node: Node, change: Callable[[Word], Word | None], vocabulary: Vocabulary) -> Node:
    """Give a node with each word that names an entity, a happening or a claim changed; None drops it from its list."""
    left = _TEXTS | ({"claims", "cast"} if isinstance(node, Record) else set())
    changed: dict[str, Any] = {}
    for name in (f.name for f in fields(node) if f.name not in left):
        value = getattr(node, name)
        if name == "details":
            changed[name] = _change_details(value, change, vocabulary)
        elif not (isinstance(node, Claim) and name == "values" and not _names_things(node, vocabulary)):
            changed[name] = _change(value, change)
    return replace(node, **changed)


def _names_things(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Tell whether behind a claim's kind stand entities or happenings, and no terms."""
    return vocabulary.kinds[claim.kind.text].names in {"entity", "happening"}


def _change_details(
    details: dict[str, tuple[Word, ...]], change: Callable[[Word], Word | None], vocabulary: Vocabulary
) -> dict[str, tuple[Word, ...]]:
    """Give the details with their entities changed; a key of which nothing is left goes."""
    new = {
        key: tuple(filter(None, map(change, words))) if vocabulary.keys[key].takes is Takes.ENTITY else words
        for key, words in details.items()
    }
    return {key: words for key, words in new.items() if words}


def _change(value: Any, change: Callable[[Word], Word | None]) -> Any:
    if isinstance(value, Word):
        return change(value)
    if isinstance(value, tuple):
        return tuple(new for item in value if (new := _change(item, change)) is not None)
    if isinstance(value, dict):
        return {key: new for key, item in value.items() if (new := _change(item, change)) is not None}
    if is_dataclass(value) and not isinstance(value, _LEAVES):
        return replace(value, **{f.name: _change(getattr(value, f.name), change) for f in fields(value)})
    return value

"""Find or change the slugs of entities and happenings that a claim, an entity or a record's head names.

Every plain word of every field counts, but for those that are text or name a term, so that a field that is new to
this module is looked at as well. The speakers of quotations stand in claims and cues.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from testimonia.core.evidence import Cue
from testimonia.core.record import Claim, Entity, PassedOver, Position, Quote, Record, Word
from testimonia.core.text import Speaker
from testimonia.vocabulary.reading import Takes, Vocabulary

CLAIM_PREFIX = "claim "
_TEXTS = frozenset(
    {
        *("id", "interview", "source", "title", "language", "inferred", "figures", "position", "visibility"),
        *("gist", "kind", "thing", "slug", "pseudonym"),
    }
)
_LEAVES = (type, Cue, Speaker, Position)
CuratedNode = TypeVar("CuratedNode", bound=Claim | Entity | Record)


def find_mentions(node: Claim | Entity | Record, vocabulary: Vocabulary) -> set[str]:
    """Return the slugs that a node names in whatever role; of a record those of its head only."""
    found: set[str] = set()

    def note(word: Word) -> Word:
        if not word.text.startswith(CLAIM_PREFIX):
            found.add(word.text)
        return word

    change_mentions(node, note, vocabulary)
    return found


def change_mentions(node: CuratedNode, change: Callable[[Word], Word | None], vocabulary: Vocabulary) -> CuratedNode:
    """Return a node with each word that names an entity, a happening or a claim changed; None drops it."""
    left = _TEXTS | ({"claims", "cast"} if isinstance(node, Record) else set())
    changed: dict[str, Any] = {}
    for name in (f.name for f in fields(node) if f.name not in left):
        value = getattr(node, name)
        if name == "details":
            changed[name] = _change_details(value, change, vocabulary)
        elif isinstance(value, Speaker) and isinstance(node, Claim):
            changed[name] = _change_speaker(value, node.position, change)
        elif name == "quoted":
            changed[name] = _change_quoted(value, change)
        elif not (isinstance(node, Claim) and name == "values" and not _names_things(node, vocabulary)):
            changed[name] = _change(value, change)
    return replace(node, **changed)


def _names_things(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Tell whether the values of a claim's kind are entities or happenings, not terms."""
    return vocabulary.kinds[claim.kind.text].names in {"entity", "happening"}


def _change_details(
    details: dict[str, tuple[Word, ...]], change: Callable[[Word], Word | None], vocabulary: Vocabulary
) -> dict[str, tuple[Word, ...]]:
    """Return the details with their entities changed, without keys of which nothing is left."""
    new = {
        key: tuple(filter(None, map(change, words))) if vocabulary.keys[key].takes is Takes.ENTITY else words
        for key, words in details.items()
    }
    return {key: words for key, words in new.items() if words}


def _change_speaker(speaker: Speaker, at: Position, change: Callable[[Word], Word | None]) -> Speaker:
    """Return a speaker with its name changed, "" where that is dropped."""
    if not speaker.name:
        return speaker
    word = change(Word(speaker.name, at))
    return replace(speaker, name=word.text if word else "")


def _change_quoted(quoted: dict[str, Word], change: Callable[[Word], Word | None]) -> dict[str, Word]:
    """Return the names of quoted speakers with their entities changed; the new slug replaces the name as well."""
    new = {name: (word, change(word)) for name, word in quoted.items()}
    return {name if to.text == word.text else to.text: to for name, (word, to) in new.items() if to}


def _change_quote(quote: Quote, change: Callable[[Word], Word | None]) -> Quote | None:
    """Return a cue with its speaker changed; None where the speaker is dropped."""
    if not quote.cue.speaker_name:
        return quote
    word = change(Word(quote.cue.speaker_name, quote.position))
    return replace(quote, cue=replace(quote.cue, speaker_name=word.text)) if word else None


def _change(value: Any, change: Callable[[Word], Word | None]) -> Any:
    if isinstance(value, Word):
        return change(value)
    if isinstance(value, Quote):
        return _change_quote(value, change)
    if isinstance(value, tuple):
        return tuple(new for item in value if (new := _change(item, change)) is not None)
    if isinstance(value, dict):
        return {key: new for key, item in value.items() if (new := _change(item, change)) is not None}
    if is_dataclass(value) and not isinstance(value, _LEAVES):
        left = {"reason"} if isinstance(value, PassedOver) else set()  # a word of its own, neither term nor entity
        names = (f.name for f in fields(value) if f.name not in left)
        return replace(value, **{name: _change(getattr(value, name), change) for name in names})
    return value

"""What accounts for each sentence and each mention of an interview.

A claim carries a sentence when one of its passages overlaps it. A numeral, date or name is carried when a claim of its
sentence holds it. What no claim carries is explained where the passages passed over in the record cover it whole.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from testimonia.core.evidence import LockedInterview
from testimonia.core.record import Quote, Record, Records
from testimonia.drafting.coverage.dates import DateExpression, Moment, find_dates
from testimonia.drafting.coverage.holdings import ClaimContent, Reader
from testimonia.drafting.coverage.names import MentionedName, find_names, find_proper_words
from testimonia.drafting.coverage.numerals import Numeral, find_numerals
from testimonia.drafting.coverage.offsets import Offsets, overlaps
from testimonia.vocabulary.reading import Vocabulary


class ItemKind(StrEnum):
    """What is counted."""

    SENTENCE = "sentence"
    NUMERAL = "numeral"
    DATE = "date"
    NAME = "name"


class Standing(StrEnum):
    """What accounts for it."""

    CLAIM = "claim"
    REASON = "reason"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, or a mention in it: offsets in the source (end-exclusive), the number of its sentence from 0."""

    kind: ItemKind
    start: int
    end: int
    sentence: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class CoverageAccount:
    """All items of one interview (the id of its record), in the order of the text."""

    interview: str
    items: tuple[Item, ...]

    def count(self, kind: ItemKind, standing: Standing) -> int:
        """Return how many items there are of a kind and standing."""
        return sum(item.kind is kind and item.standing is standing for item in self.items)

    @property
    def open(self) -> tuple[Item, ...]:
        """What nothing accounts for."""
        return tuple(item for item in self.items if item.standing is Standing.OPEN)

    @property
    def share(self) -> float:
        """How much of all items is accounted for, in percent."""
        return 100 * (1 - len(self.open) / len(self.items)) if self.items else 100.0


class _Mention(NamedTuple):
    """A sentence or a mention in it, and whether a claim of the sentence holds it."""

    kind: ItemKind
    span: Offsets
    held: bool


def make_account(
    text: str, sentences: Sequence[Offsets], record: Record, locked: LockedInterview, parts: tuple[Records, Vocabulary]
) -> CoverageAccount:
    """Return the account of an interview.

    `text` is that of the whole source, `sentences` are the spans to account for, `locked` holds the passage of every
    cue of the record, `parts` all records and the vocabulary, for what the words of a claim stand for.
    """
    reader = Reader(parts[0], record, parts[1])
    claims = [(find_spans((*c.quotes, *c.context), locked), reader.read_content(c)) for c in record.claims]
    passed = [span for entry in record.passed_over for span in find_spans(entry.quotes, locked)]
    proper = find_proper_words(text, sentences)
    items: list[Item] = []
    for number, sentence in enumerate(sentences):
        here = [content for spans, content in claims if overlaps(sentence, spans)]
        mentions = [_Mention(ItemKind.SENTENCE, sentence, bool(here)), *_find_mentions(text, sentence, here, proper)]
        for kind, span, held in sorted(mentions, key=lambda m: (m.span[0], -m.span[1], m.kind)):
            items.append(Item(kind, *span, number, _judge(text, span, passed, held=held)))
    return CoverageAccount(record.interview.text, tuple(items))


def _find_mentions(
    text: str, sentence: Offsets, claims: list[ClaimContent], proper: frozenset[str]
) -> Iterator[_Mention]:
    """Yield the numerals, dates and names of a sentence; what is part of a date is nothing else."""
    dates = find_dates(text, *sentence)
    explicit = [(d.start, d.end) for d in dates if not d.moment.unit]
    numerals = [n for n in find_numerals(text, *sentence) if not overlaps((n.start, n.end), explicit)]
    for numeral, held in match_numerals(numerals, claims):
        yield _Mention(ItemKind.NUMERAL, (numeral.start, numeral.end), held)
    for date, held in match_dates(dates, claims):
        yield _Mention(ItemKind.DATE, (date.start, date.end), held)
    for name in find_names(text, *sentence, proper=proper):
        if not overlaps((name.start, name.end), ((d.start, d.end) for d in dates)):
            yield _Mention(ItemKind.NAME, (name.start, name.end), holds_name(name, claims))


def _judge(text: str, span: Offsets, passed: list[Offsets], *, held: bool) -> Standing:
    """Return what accounts for a stretch: a claim that holds it, else a reason why it was passed over."""
    if held:
        return Standing.CLAIM
    return Standing.REASON if is_covered(text, span, passed) else Standing.OPEN


def match_numerals(numerals: list[Numeral], claims: list[ClaimContent]) -> list[tuple[Numeral, bool]]:
    """Tell of each numeral of a sentence whether its claims hold it.

    A number that stands in the sentence several times is carried as many times as there are figures, dates and entities
    that hold it, or as one text of a claim repeats it, whichever is more.
    """
    seen: Counter[str] = Counter()
    found: list[tuple[Numeral, bool]] = []
    for numeral in numerals:
        key = numeral.key
        holders = set().union(*(c.numerals.get(key, set()) for c in claims))
        holders |= {str(m) for c in claims for m in c.dates if key in {m.year, f"{m.day}."}}
        seen[key] += 1
        found.append((numeral, seen[key] <= max(len(holders), *(c.told[key] for c in claims), 0)))
    return found


def match_dates(dates: list[DateExpression], claims: list[ClaimContent]) -> list[tuple[DateExpression, bool]]:
    """Tell of each date expression of a sentence whether its claims hold it.

    An explicit one is held by a date or text that says all of it, or a year by a figure of that value; a relative one
    by a relative expression of the same unit in a text, or by a date that no explicit expression of the sentence is.
    """
    own: set[Moment] = set().union(*(claim.dates for claim in claims))
    said: set[Moment] = set().union(*(claim.said for claim in claims))
    explicit = [date.moment for date in dates if not date.moment.unit]
    spare = {moment for moment in own if not any(other.is_held_by(moment) for other in explicit)}
    units = {moment.unit for moment in said}
    found: list[tuple[DateExpression, bool]] = []
    for date in dates:
        if date.moment.unit:
            held = bool(spare) or date.moment.unit in units
        else:
            held = any(date.moment.is_held_by(m) for m in own | said) or _is_year_of_figure(date.moment, claims)
        found.append((date, held))
    return found


def _is_year_of_figure(moment: Moment, claims: list[ClaimContent]) -> bool:
    """Tell whether a date is a bare year, and a numeral of the claims has its value."""
    return bool(moment.year) and not moment.month and any(moment.year in claim.numerals for claim in claims)


def holds_name(name: MentionedName, claims: list[ClaimContent]) -> bool:
    """Tell whether the claims of a sentence hold a name, or several that it is put together of.

    Where the name begins the sentence, its first word may be none of it.
    """
    forms = [name.words, name.words[1:]] if name.initial else [name.words]
    return any(_is_composed(form, claims) for form in forms if form)


def is_covered(text: str, span: Offsets, passages: list[Offsets]) -> bool:
    """Tell whether passages together cover every character of a stretch that is not white space.

    >>> is_covered("ab cd", (0, 5), [(0, 2), (3, 5)]), is_covered("ab cd", (0, 5), [(0, 2), (4, 5)])
    (True, False)
    """
    return all(text[at].isspace() or any(a <= at < b for a, b in passages) for at in range(*span))


def _is_composed(words: tuple[str, ...], claims: list[ClaimContent]) -> bool:
    if any(c.holds_name(words) for c in claims):
        return True
    return any(
        _is_composed(words[:at], claims) and _is_composed(_trim(words[at:]), claims) for at in range(1, len(words))
    )


def _trim(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without those that join one name to the next: `of the` is two."""
    while len(words) > 1 and words[0] in {"of", "for", "the"}:
        words = words[1:]
    return words


def find_spans(quotes: Sequence[Quote], locked: LockedInterview) -> list[Offsets]:
    """Return where the passages of some quotes stand in the source."""
    passages = [locked.passages[q.cue.key] for q in quotes]
    return [(p.start, p.end) for p in passages]

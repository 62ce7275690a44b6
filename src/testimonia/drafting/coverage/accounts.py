"""What accounts for each sentence and each mention of an interview.

A claim carries a sentence when one of its passages overlaps it. A numeral, date or name is carried when a claim of its
sentence holds it. What no claim carries is explained where the passages passed over in the record cover it whole.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from testimonia.core.evidence import LockedInterview
from testimonia.core.record import Quote, Record, Records
from testimonia.drafting.coverage.dates import DateExpression, find_dates
from testimonia.drafting.coverage.holdings import ClaimContent, Reader
from testimonia.drafting.coverage.names import MentionedName, find_names, find_proper_words
from testimonia.drafting.coverage.numerals import Numeral, find_numerals
from testimonia.vocabulary.reading import Vocabulary

Offsets = tuple[int, int]


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


def make_account(
    text: str, sentences: Sequence[Offsets], record: Record, locked: LockedInterview, parts: tuple[Records, Vocabulary]
) -> CoverageAccount:
    """Return the account of an interview.

    `text` is that of the whole source, `sentences` are the spans to account for, `locked` holds the passage of every
    cue of the record, `parts` all records and the vocabulary, for what the words of a claim stand for.
    """
    reader = Reader(parts[0], record, parts[1])
    claims = [(_find_spans((*c.quotes, *c.context), locked), reader.read_holdings(c)) for c in record.claims]
    passed = _find_spans(tuple(q for entry in record.passed_over for q in entry.quotes), locked)
    proper = find_proper_words(text, sentences)
    items: list[Item] = []
    for number, (start, end) in enumerate(sentences):
        here = [held for spans, held in claims if any(a < end and start < b for a, b in spans)]
        carried = [(ItemKind.SENTENCE, start, end, bool(here))]
        dates = find_dates(text, start, end)
        numerals = _outside(find_numerals(text, start, end), dates)
        names = find_names(text, start, end, proper=proper)
        names = [n for n in names if not any(d.start < n.end and n.start < d.end for d in dates)]
        carried += [(ItemKind.NUMERAL, n.start, n.end, held) for n, held in match_numerals(numerals, here)]
        carried += [(ItemKind.DATE, d.start, d.end, held) for d, held in match_dates(dates, here)]
        carried += [(ItemKind.NAME, n.start, n.end, holds_name(n, here)) for n in names]
        for kind, first, last, held in sorted(carried, key=lambda c: (c[1], -c[2], c[0])):
            standing = Standing.CLAIM if held else Standing.OPEN
            if not held and is_covered(text, (first, last), passed):
                standing = Standing.REASON
            items.append(Item(kind, first, last, number, standing))
    return CoverageAccount(record.interview.text, tuple(items))


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
    moments = {m for c in claims for m in c.dates}
    said = {m for c in claims for m in c.said}
    explicit = [d.moment for d in dates if not d.moment.unit]
    spare = any(not any(e.is_held_by(m) for e in explicit) for m in moments)
    found: list[tuple[DateExpression, bool]] = []
    for date in dates:
        moment = date.moment
        if moment.unit:
            held = spare or any(m.unit == moment.unit for m in said)
        else:
            figure = moment.year and any(moment.year in c.numerals for c in claims) and not moment.month
            held = bool(figure) or any(moment.is_held_by(m) for m in moments | said)
        found.append((date, held))
    return found


def holds_name(name: MentionedName, claims: list[ClaimContent]) -> bool:
    """Tell whether the claims of a sentence hold a name, or several that it is put together of.

    Where the name begins the sentence, its first word may be none of it.
    """
    forms = [name.words, name.words[1:]] if name.initial else [name.words]
    return any(_is_composed(form, claims) for form in forms if form)


def is_covered(text: str, span: Offsets, passages: list[Offsets]) -> bool:
    """Tell whether passages together cover every sign of a span that is not white space.

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
    """Leave out the small words that join one name to the next: `of the` is two."""
    while len(words) > 1 and words[0] in {"of", "for", "the"}:
        words = words[1:]
    return words


def _outside(numerals: list[Numeral], dates: list[DateExpression]) -> list[Numeral]:
    """Leave out the numerals that an explicit date expression is made of."""
    explicit = [d for d in dates if not d.moment.unit]
    return [n for n in numerals if not any(d.start < n.end and n.start < d.end for d in explicit)]


def _find_spans(quotes: Sequence[Quote], locked: LockedInterview) -> list[Offsets]:
    passages = [locked.passages[q.cue.key] for q in quotes]
    return [(p.start, p.end) for p in passages]

"""The passage of a source that a node of the graph stands on, as the lock has it."""

from testimonia.core.findings import SourceSpan
from testimonia.core.record import Quote
from testimonia.validation.index import GraphIndex, split_iri


def find_span(index: GraphIndex, focus: str, value: str = "") -> SourceSpan | None:
    """Return the passage of a node: its own, that of the claim it belongs to, or the words of a turn.

    A value (N-Triples term) that is a passage is preferred to the node. A date or a happening that a claim names has
    the passage of that claim. None where no claim is concerned, or the lock has no passage for it.
    """
    kind, rest = index.cut(value[1:-1])
    if kind == "interview" and ("/evidence/" in rest or "/context/" in rest):
        return _find_in_record(index, rest)
    kind, rest = index.cut(focus)
    if kind == "interview":
        return _find_in_record(index, rest)
    if kind == "id" and rest in index.things:
        interview, claim = index.things[rest]
        return _find_passage(index, interview, claim.quotes)
    if kind == "date" and rest in index.dates:
        interview, identity, _ = index.dates[rest]
        dated = index.claims.get((interview, identity))
        return _find_passage(index, interview, dated.quotes) if dated else None
    return None


def _find_in_record(index: GraphIndex, rest: str) -> SourceSpan | None:
    interview, part, name = split_iri(rest, 3)
    record, locked = index.interviews.get(interview), index.get_locked(interview)
    if record is None or locked is None:
        return None
    if part == "turn":
        turn = next((t for t in locked.turns if str(t.number) == name), None)
        return SourceSpan(locked.source, turn.start, turn.end) if turn else None
    if part == "headline" and record.headline:
        return _find_passage(index, interview, (record.headline,))
    identity, owned, number = split_iri(name, 3)
    claim = index.claims.get((interview, identity)) if part == "claim" else None
    if claim is None:
        return None
    if owned not in {"evidence", "context"}:
        return _find_passage(index, interview, claim.quotes)
    return _find_passage(index, interview, choose_quote(claim.context if owned == "context" else claim.quotes, number))


def choose_quote(quotes: tuple[Quote, ...], number: str) -> tuple[Quote, ...]:
    """Return the quote of that number (1-based, as an IRI writes it), alone; () where there is none.

    >>> choose_quote((), "1")
    ()
    """
    known = number.isascii() and number.isdigit() and int(number) > 0
    return quotes[int(number) - 1 : int(number)] if known else ()


def _find_passage(index: GraphIndex, interview: str, quotes: tuple[Quote, ...]) -> SourceSpan | None:
    """Return the passage of the first of some quotes."""
    locked = index.get_locked(interview)
    passage = locked.passages.get(quotes[0].cue.key) if locked and quotes else None
    return SourceSpan(locked.source, passage.start, passage.end) if locked and passage else None

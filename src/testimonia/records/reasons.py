"""The `passed-over` list of a record: passages that no claim need carry, each with its reason.

The reasons are a few fixed words: they are about the work on a text, not about what is said in it, so they are no
terms, and nothing of them enters the graph.
"""

from testimonia.core.errors import find_nearest
from testimonia.core.record import PassedOver, Record
from testimonia.core.yaml_tree import Block, Items
from testimonia.records.cues import parse_quotes
from testimonia.records.form import BlockReader
from testimonia.records.speakers import ClaimSpeakers

REASONS = {
    "question": "a question that takes nothing for granted",
    "rhetorical": "a question or an aside to which no answer is meant",
    "greeting": "thanks, wishes, an address",
    "attribution": "it says only whose words stand beside it",
    "transition": "words that lead on and tell nothing",
    "repetition": "it says again what a claim carries; `of:` names that claim",
    "figure-of-speech": "words that are not meant as they stand: a saying, a number or a name as an image",
    "colour": "a particular that matters to nobody but the teller",
    "private": "it tells of somebody what is better not passed on",
    "credit": "who made a picture, a translation, the page",
    "contact": "where to write to or follow somebody",
    "disclaimer": "what the publisher will not answer for",
    "no-claim": "none of these, and still nothing that could be true or false",
}
"""Why a passage may be left without a claim, with when to say so."""

REPETITION = "repetition"
PRIVATE = "private"
PASSED_KEYS = {
    "quote": "the fewest first and last words that fit exactly one passage",
    "quotes": "several cues that are passed over for the same reason",
    "nth": "which one, when a sentence stands there several times",
    "speaker": "whose voice; left out: the interviewee",
    "reason": "why no claim carries it",
    "of": "the claim that already says it: `claim 5`",
}
_OWNER = "passed-over"


def parse_passed(form: BlockReader, tree: Block, speakers: ClaimSpeakers) -> tuple[PassedOver, ...]:
    """Return the entries of `passed-over`, in the order of the record; () where there is no such key."""
    items = tree.entries.get("passed-over")
    if items is None:
        return ()
    if not isinstance(items, Items):
        found, fix = '"passed-over" is no list', "Begin each entry with a dash"
        form.report(items, "not-a-list", record=_OWNER, found=found, expected="- quote: …", fix=fix)
        return ()
    entries: list[PassedOver] = []
    for item in items.items:
        if isinstance(item, Block):
            entries.append(_parse_entry(form, item, speakers))
        else:
            found, expected = "an entry that is no mapping", "{quote: …, reason: …}"
            form.report(item, "not-a-mapping", record=_OWNER, found=found, expected=expected)
    return tuple(entries)


def _parse_entry(form: BlockReader, block: Block, speakers: ClaimSpeakers) -> PassedOver:
    form.check_keys(block, PASSED_KEYS, _OWNER)
    speaker = speakers.choose(form, block, _OWNER)
    reason = form.get_word(block, "reason", _OWNER)
    if reason.text and reason.text not in REASONS:
        found, expected, fix = f'reason "{reason.text}"', ", ".join(REASONS), find_nearest(reason.text, REASONS)
        form.report(reason, "unknown-reason", record=_OWNER, found=found, expected=expected, fix=fix)
    of = form.get_word(block, "of", _OWNER) if "of" in block.entries else None
    if (of is None) is (reason.text == REPETITION):
        found = 'no "of"' if of is None else f'"of" with the reason "{reason.text}"'
        form.report(reason, "repetition-of", record=_OWNER, found=found)
    return PassedOver(parse_quotes(form, block, speaker, _OWNER), reason, of, block.position)


def check_passed(form: BlockReader, record: Record, unusable: set[str]) -> None:
    """Note each `of` that names no claim of the same record.

    A claim that could not be read (`INTERVIEW/CLAIM` in `unusable`) has a problem of its own already.
    """
    known = [c.id.text for c in record.claims]
    known += [name.partition("/")[2] for name in unusable if name.startswith(f"{record.interview.text}/")]
    for entry in record.passed_over:
        of = entry.of
        if of is None or not of.text:
            continue
        prefix, _, claim = of.text.partition(" ")
        if prefix != "claim" or claim not in known:
            found, fix = f'of: no claim "{of.text}" in this record', find_nearest(claim, known)
            form.report(of, "unknown-claim", record=_OWNER, found=found, fix=fix)

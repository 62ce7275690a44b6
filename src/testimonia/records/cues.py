"""Cues: the cues of a record as written in, cues with their voice and place out.

A cue is `first words … last words`, or the whole of a short passage, or a list of two strings when the text itself has
an ellipsis between spaces. Whether it fits the text is a matter for the anchors, not for the reader of records.
"""

from testimonia.core.evidence import Cue
from testimonia.core.record import Quote, Word
from testimonia.core.text import Speaker, Voice
from testimonia.core.yaml_tree import Block, Items, Tree
from testimonia.records.form import BlockReader

ELLIPSIS = " … "


def parse_quotes(form: BlockReader, block: Block, speaker: Speaker, record: str) -> tuple[Quote, ...]:
    """Return the cues of a claim, from `quote` or `quotes` and `nth`."""
    nth = 0
    if "nth" in block.entries:
        word = form.get_word(block, "nth", record)
        if word.text.isascii() and word.text.isdigit() and int(word.text) > 0:
            nth = int(word.text)
        else:
            form.report(word, "cue-form", record=record, found=f'nth "{word.text}"', expected="a number from 1")
    given = [key for key in ("quote", "quotes") if key in block.entries]
    if len(given) != 1:
        found = 'no "quote"' if not given else 'both "quote" and "quotes"'
        fix = "`testimonia passages` prints cues ready to copy"
        form.report(
            block,
            "cue-missing",
            record=record,
            found=found,
            fix=fix,
        )
        return ()
    value = block.entries[given[0]]
    cues = value.items if given[0] == "quotes" and isinstance(value, Items) else (value,)
    if not cues:
        form.report(value, "cue-missing", record=record, found="an empty list of cues", expected="at least one")
    return tuple(filter(None, (parse_cue(form, cue, speaker, nth, record) for cue in cues)))


def parse_context(
    form: BlockReader, block: Block, speaker: Speaker, others: dict[str, Speaker], record: str
) -> tuple[Quote, ...]:
    """Return the cues of supporting passages; `voice: cue` or `speaker: cue` names another speaker than the claim's."""
    quotes = []
    for word in form.get_words(block.entries["context"], record) if "context" in block.entries else ():
        name, colon, rest = word.text.partition(": ")
        other = others.get(name) if colon else None
        cue = Word(rest, word.position) if other else word
        quotes.append(parse_cue(form, cue, other or speaker, 0, record))
    return tuple(filter(None, quotes))


def parse_cue(form: BlockReader, value: Tree, speaker: Speaker, nth: int, record: str) -> Quote | None:
    """Return a cue: words with an ellipsis between spaces, or a list of two strings when the text has such a one."""
    words = () if isinstance(value, Word) else form.get_words(value, record)
    parts = value.text.split(ELLIPSIS) if isinstance(value, Word) else [w.text for w in words]
    if not parts or not all(part.strip() for part in parts):
        form.report(value, "cue-form", record=record, found="an empty cue")
        return None
    if len(parts) > 2:
        form.report(
            value,
            "cue-form",
            record=record,
            found="a cue of more than two parts",
        )
        return None
    last = parts[1] if len(parts) == 2 else None
    return Quote(Cue(speaker.voice, parts[0], last, nth, speaker.name), value.position)


def parse_headline(form: BlockReader, tree: Block) -> Quote | None:
    """Return the cue of a record's headline; None where there is none."""
    if "headline" not in tree.entries:
        return None
    return parse_cue(form, tree.entries["headline"], Speaker(Voice.HEADLINE), 0, "headline")

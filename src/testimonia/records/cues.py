"""Parse the cues of a record: words that point at a passage, with the speaker in whose turns it is looked for.

A cue is `first words … last words`, or the whole of a short passage, or a list of two strings when the text itself has
an ellipsis between spaces. Whether it fits the text is checked by the anchors.
"""

from testimonia.core.evidence import Cue
from testimonia.core.record import Quote, Word
from testimonia.core.text import Speaker, Voice
from testimonia.core.yaml_tree import Block, Items, Tree
from testimonia.records.form import BlockReader

_ELLIPSIS = " … "


def parse_quotes(form: BlockReader, block: Block, speaker: Speaker, record: str) -> tuple[Quote, ...]:
    """Return the cues of a claim, from `quote` or `quotes` and `nth`."""
    nth = _parse_nth(form, block, record)
    given = [key for key in ("quote", "quotes") if key in block.entries]
    if len(given) != 1:
        found = 'no "quote"' if not given else 'both "quote" and "quotes"'
        form.report(block, "cue-missing", record=record, found=found)
        return ()
    value = block.entries[given[0]]
    cues = value.items if given[0] == "quotes" and isinstance(value, Items) else (value,)
    if not cues:
        found = "an empty list of cues"
        form.report(value, "cue-missing", record=record, found=found, expected="at least one", fix="")
    quotes = (parse_cue(form, cue, speaker, nth, record) for cue in cues)
    return tuple(quote for quote in quotes if quote)


def _parse_nth(form: BlockReader, block: Block, record: str) -> int:
    if "nth" not in block.entries:
        return 0
    word = form.get_word(block, "nth", record)
    number = int(word.text) if word.text.isascii() and word.text.isdigit() else 0
    if number == 0:
        form.report(word, "cue-form", record=record, found=f'nth "{word.text}"', expected="a number from 1")
    return number


def parse_context(
    form: BlockReader, block: Block, speaker: Speaker, others: dict[str, Speaker], record: str
) -> tuple[Quote, ...]:
    """Return the cues of supporting passages; `voice: cue` or `speaker: cue` names another than the claim's speaker."""
    quotes = []
    for word in form.get_words(block.entries["context"], record) if "context" in block.entries else ():
        name, colon, rest = word.text.partition(": ")
        other = others.get(name) if colon else None
        cue = Word(rest, word.position) if other else word
        quotes.append(parse_cue(form, cue, other or speaker, 0, record))
    return tuple(quote for quote in quotes if quote)


def parse_cue(form: BlockReader, value: Tree, speaker: Speaker, nth: int, record: str) -> Quote | None:
    """Return the cue that a text or a list of two is; None, with its problem, for an empty or longer one."""
    if isinstance(value, Word):
        words = value.text.split(_ELLIPSIS)
    else:
        words = [word.text for word in form.get_words(value, record)]
    found = ""
    if not words or not all(map(str.strip, words)):
        found = "an empty cue"
    elif len(words) > 2:
        found = "a cue of more than two parts"
    if found:
        form.report(value, "cue-form", record=record, found=found)
        return None
    last = words[1] if len(words) == 2 else None
    return Quote(Cue(speaker.voice, words[0], last, nth, speaker.name), value.position)


def parse_headline(form: BlockReader, tree: Block) -> Quote | None:
    """Return the cue of a record's headline; None where there is none."""
    if "headline" not in tree.entries:
        return None
    return parse_cue(form, tree.entries["headline"], Speaker(Voice.HEADLINE), 0, "headline")

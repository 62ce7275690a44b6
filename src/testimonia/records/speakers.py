"""Parts: who is behind each voice and each quotation, from the head of a record, and what `speaker:` of a claim names.

The speakers of quotations are written by the name that the reader of a narrative deduced (`quoted`), or by the number
of a turn where it deduced none or the wrong one (`turns`); a claim names them by the entity.
"""

from testimonia.core.errors import find_nearest
from testimonia.core.record import Word
from testimonia.core.text import Speaker, Voice
from testimonia.core.yaml_tree import Block
from testimonia.records.form import BlockReader

VOICES = tuple(voice for voice in Voice if voice is not Voice.QUOTED)
"""The voices that one entity stands behind in the whole of an interview."""


def parse_speakers(form: BlockReader, tree: Block) -> dict[Voice, Word]:
    """Return who stands behind each voice; the editor is behind the headline too where nobody else is."""
    speakers: dict[Voice, Word] = {}
    for key, value in form.get_block(tree, "speakers", "head"):
        if key.text not in VOICES:
            fix = find_nearest(key.text, VOICES)
            if key.text == Voice.QUOTED:
                fix = "Write who is quoted under quoted: NAME: slug"
            form.report(
                key, "unknown-voice", record="head", found=f'voice "{key.text}"', expected=", ".join(VOICES), fix=fix
            )
        elif isinstance(value, Word) and value.text.strip():
            speakers[Voice(key.text)] = value
        else:
            form.report(value, "value-expected", record="head", found=f'no entity behind "{key.text}"', expected="one slug")
    if Voice.EDITOR in speakers:
        speakers.setdefault(Voice.HEADLINE, speakers[Voice.EDITOR])
    return speakers


def parse_quoted(form: BlockReader, tree: Block) -> dict[str, Word]:
    """Return the entity behind each name of a quoted speaker."""
    return {key.text: value for key, value in _list_slugs(form, tree, "quoted")}


def parse_turns(form: BlockReader, tree: Block) -> dict[int, Word]:
    """Return the entity behind each quotation that is named by the number of its turn."""
    turns: dict[int, Word] = {}
    for key, value in _list_slugs(form, tree, "turns"):
        if key.text.isascii() and key.text.isdigit() and int(key.text) > 0 and int(key.text) not in turns:
            turns[int(key.text)] = value
        else:
            form.report(key, "turn-number", record="head", found=f'turn "{key.text}"')
    return turns


def list_speakers(quoted: dict[str, Word], turns: dict[int, Word]) -> dict[str, Speaker]:
    """Return every speaker that a claim of the record may name, by what it writes."""
    voices = {voice.value: Speaker(voice) for voice in VOICES}
    return {word.text: Speaker(Voice.QUOTED, word.text) for word in (*quoted.values(), *turns.values())} | voices


def parse_speaker(form: BlockReader, block: Block, known: dict[str, Speaker], default: Speaker, record: str) -> Speaker:
    """Return the speaker that a claim's `speaker` names; the default where it is left out or wrong."""
    if "speaker" not in block.entries:
        return default
    word = form.get_word(block, "speaker", record)
    if word.text in known:
        return known[word.text]
    form.report(
        word,
        "unknown-speaker",
        record=record,
        found=f'speaker "{word.text}"',
        expected=", ".join(known),
        fix=find_nearest(word.text, known),
    )
    return default


def find_default(speakers: dict[Voice, Word], *, quoting: bool) -> Speaker:
    """Return whose a claim is that names no speaker: the narrator's in a narrative, else the interviewee's.

    A record is that of a narrative when it has a narrator or is `quoting`, and has no interviewee.
    """
    narrated = (quoting or Voice.NARRATOR in speakers) and Voice.INTERVIEWEE not in speakers
    return Speaker(Voice.NARRATOR if narrated else Voice.INTERVIEWEE)


def _list_slugs(form: BlockReader, tree: Block, key: str) -> list[tuple[Word, Word]]:
    found: list[tuple[Word, Word]] = []
    for name, value in form.get_block(tree, key, "head"):
        if isinstance(value, Word) and value.text.strip() and value.text not in VOICES:
            found.append((name, value))
        else:
            form.report(value, "value-expected", record="head", found=f'no entity behind "{name.text}"', expected="one slug")
    return found

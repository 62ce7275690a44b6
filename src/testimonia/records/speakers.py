"""Who stands behind each voice and each quotation, from the head of a record, and whom `speaker:` of a claim names.

The speakers of quotations are written by the name that the reader of a narrative deduced (`quoted`), or by the number
of a turn where it deduced none or the wrong one (`turns`); a claim names them by the entity.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.core.errors import find_nearest
from testimonia.core.record import Word
from testimonia.core.text import Speaker, Voice
from testimonia.core.yaml_tree import Block
from testimonia.records.form import BlockReader

VOICES = tuple(voice for voice in Voice if voice is not Voice.QUOTED)
"""The voices that one entity stands behind in the whole of an interview."""


@dataclass(frozen=True, slots=True)
class ClaimSpeakers:
    """The speakers that a claim of a record may name, by what it writes, and the one of a claim that names none."""

    known: dict[str, Speaker]
    default: Speaker

    def choose(self, form: BlockReader, block: Block, record: str) -> Speaker:
        """Return the speaker that a claim names; the default where it names none or an unknown one (a problem)."""
        if "speaker" not in block.entries:
            return self.default
        word = form.get_word(block, "speaker", record)
        if word.text in self.known:
            return self.known[word.text]
        found, fix = f'speaker "{word.text}"', find_nearest(word.text, self.known)
        form.report(word, "unknown-speaker", record=record, found=found, expected=", ".join(self.known), fix=fix)
        return self.default


def list_claim_speakers(voices: dict[Voice, Word], quoted: dict[str, Word], turns: dict[int, Word]) -> ClaimSpeakers:
    """Return the speakers of a record's claims, from its head.

    The default speaker is the narrator in a narrative, otherwise the interviewee. A record is that of a narrative when
    it has a narrator or quotes somebody, and has no interviewee.
    """
    slugs = [word.text for word in (*quoted.values(), *turns.values())]
    known = {slug: Speaker(Voice.QUOTED, slug) for slug in slugs} | {voice.value: Speaker(voice) for voice in VOICES}
    narrative = (bool(slugs) or Voice.NARRATOR in voices) and Voice.INTERVIEWEE not in voices
    return ClaimSpeakers(known, Speaker(Voice.NARRATOR if narrative else Voice.INTERVIEWEE))


def parse_speakers(form: BlockReader, tree: Block) -> dict[Voice, Word]:
    """Return the entity behind each voice; without one of its own, the headline has the editor's."""
    speakers: dict[Voice, Word] = {}
    for key, value in form.get_block(tree, "speakers", "head"):
        if key.text not in VOICES:
            quoted = key.text == Voice.QUOTED
            fix = "Write who is quoted under quoted: NAME: slug" if quoted else find_nearest(key.text, VOICES)
            found, expected = f'voice "{key.text}"', ", ".join(VOICES)
            form.report(key, "unknown-voice", record="head", found=found, expected=expected, fix=fix)
        elif isinstance(value, Word) and value.text.strip():
            speakers[Voice(key.text)] = value
        else:
            found = f'no entity behind "{key.text}"'
            form.report(value, "value-expected", record="head", found=found, expected="one slug")
    if Voice.EDITOR in speakers:
        speakers.setdefault(Voice.HEADLINE, speakers[Voice.EDITOR])
    return speakers


def parse_quoted(form: BlockReader, tree: Block) -> dict[str, Word]:
    """Return the entity behind each name of a quoted speaker."""
    return {key.text: value for key, value in _read_slugs(form, tree, "quoted")}


def parse_turns(form: BlockReader, tree: Block) -> dict[int, Word]:
    """Return the entity behind each quotation that is named by the number of its turn."""
    turns: dict[int, Word] = {}
    for key, value in _read_slugs(form, tree, "turns"):
        # str.isdigit also accepts digits of other scripts and superscripts, which int() may refuse
        number = int(key.text) if key.text.isascii() and key.text.isdigit() else 0
        if number > 0 and number not in turns:
            turns[number] = value
        else:
            form.report(key, "turn-number", record="head", found=f'turn "{key.text}"')
    return turns


def _read_slugs(form: BlockReader, tree: Block, key: str) -> Iterator[tuple[Word, Word]]:
    """Yield the entries of a mapping to slugs; a voice is no entity."""
    for name, value in form.get_block(tree, key, "head"):
        if isinstance(value, Word) and value.text.strip() and value.text not in VOICES:
            yield name, value
        else:
            found = f'no entity behind "{name.text}"'
            form.report(value, "value-expected", record="head", found=found, expected="one slug")

"""Skeletons of records: the head, and a commented stub for each sentence.

A skeleton is valid YAML and holds no more of the text than cues; what only a person can say is left blank.
"""

from pathlib import Path

from testimonia.core.atomic import write_file
from testimonia.core.errors import InputError
from testimonia.core.files import report_unwritable
from testimonia.core.iris import SLUG
from testimonia.core.layout import Layout
from testimonia.core.text import Interview, SegmentKind, Voice
from testimonia.drafting.lookup import propose_speakers
from testimonia.drafting.passages import Sentence, format_quote, format_stub, list_sentences, quote_yaml
from testimonia.drafting.slugs import propose_interview_id, propose_person, propose_slug
from testimonia.texts.facts import Facts, find_facts
from testimonia.texts.paragraphs import count_line
from testimonia.texts.speakers import is_narrative

_BEGIN = """\
# yaml-language-server: $schema=../record.schema.json
# {reference}: fill in the head, then the stubs from top to bottom. Take away the "# " before a stub, say in one
# sentence of your own what is claimed, and put the key that fits in place of "act" (mappings/kinds.yaml lists them).
# A sentence that claims several things is copied; one that claims nothing is removed.
"""


def format_skeleton(interview: Interview, *, slug: str = "") -> str:
    """Return the text of a skeleton; without `slug` its id is proposed from country and name."""
    facts = find_facts(interview)
    sentences = list_sentences(propose_speakers(interview))
    head = [
        f"interview: {slug or propose_id(interview)}",
        f"source: {interview.reference}",
        "title:  # in your own words, not the headline's",
        f"country: {propose_slug(facts.country)}".rstrip(),
        "language: en  # of the gists below",
        "speakers:",
        *(_list_quoted(interview) if is_narrative(interview) else _list_voices(facts)),
    ]
    heading = next((s.cue for s in sentences if s.kind is SegmentKind.HEADLINE), None)
    if heading is not None:
        head += format_quote(heading, key="headline")
    stubs = [s for s in sentences if s.kind is not SegmentKind.HEADLINE]
    lines = [*head, "claims:", *_list_stubs(stubs)]
    return _BEGIN.format(reference=interview.reference) + "\n".join(lines) + "\n"


def _list_voices(facts: Facts) -> list[str]:
    """Return the lines that name who stands behind the voices of questions and answers."""
    person = propose_person(facts.people[0]) if facts.people else ""
    hint = f"  # perhaps: {person}" if person else "  # who answers: a slug of the registries or of the cast"
    return [
        f"  interviewee:{hint}",
        "  editor:  # who publishes: a slug of the registries",
        "  interviewer:  # who asks: a slug of the registries",
    ]


def _list_quoted(interview: Interview) -> list[str]:
    """Return the lines that name the narrator and the quoted, and ask for the speakers that the text does not tell."""
    names: dict[str, str] = {}
    unknown: list[str] = []
    for turn in interview.turns:
        if turn.voice is Voice.QUOTED and turn.speaker_name:
            names[turn.speaker_name] = f"  {quote_yaml(turn.speaker_name)}: {propose_person(turn.speaker_name)}"
        elif turn.voice is Voice.QUOTED:
            unknown.append(f"  {turn.number}:  # line {count_line(interview.source.text, turn.start)}")
    lines = ["  narrator:  # who wrote it: a slug of the registries or of the cast"]
    if names:
        lines += ["quoted:  # look at each: names as read, slugs as proposed", *names.values()]
    if unknown:
        lines += ["turns:  # quotations whose speaker the text does not tell", *unknown]
    return lines


def propose_id(interview: Interview) -> str:
    """Return what the interview of a record could be called."""
    facts = find_facts(interview)
    return propose_interview_id(facts.country, facts.people, interview.number)


def write_skeleton(layout: Layout, interview: Interview, *, slug: str = "") -> Path:
    """Write the skeleton of an interview's record and return its path; an existing file is never overwritten.

    InputError when the id is no slug, the file is there or cannot be written.
    """
    slug = slug or propose_id(interview)
    path = layout.records / f"{slug}.yaml"
    name = layout.name(path)
    if not SLUG.fullmatch(slug):
        found, expected = f'id "{slug}" is no slug', "lower-case words joined by hyphens"
        raise InputError.at(name, "not-a-slug", found=found, expected=expected, fix="Give another --id")
    content = format_skeleton(interview, slug=slug)
    try:
        write_file(path, content.encode(), new=True)
    except FileExistsError as error:
        found, fix = "there already; nothing was written", "Go on with that file, or give another --id"
        raise InputError.at(name, "file-there-already", found=found, fix=fix) from error
    except OSError as error:
        raise InputError([report_unwritable(name, error)]) from error
    return path


def _list_stubs(sentences: list[Sentence]) -> list[str]:
    """Return the stubs of sentences, under a line for each segment, with ids from 1."""
    lines: list[str] = []
    before: SegmentKind | None = None
    for number, sentence in enumerate(sentences, 1):
        if sentence.kind is not before:
            turn = f" (turn {sentence.turn})" if sentence.speaker.voice is Voice.QUOTED else ""
            lines.append(f"# {sentence.kind}, from line {sentence.line} of the text{turn}")
        before = sentence.kind
        lines += [f"# - id: {number}"]
        lines += [f"#   {line}" for line in (*format_stub(sentence), "gist:", "act:")]
    return lines

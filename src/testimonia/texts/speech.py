"""Find the words before and behind a quotation that say who speaks.

Who speaks is told by a verb of saying and its subject: a name, a pronoun, or somebody who is not named.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from testimonia.texts.names import OBLIQUE, NameInText

_FORMS = (
    "add adds added adding admit admits admitted admitting answers answered answering argue argues argued arguing ask "
    "asks asked asking begin begins began beginning claimed claiming complain complains complained complaining "
    "conclude concludes concluded concluding continue continues continued continuing declare declares declared "
    "declaring explain explains explained explaining finish finishs finished finishing insist insists insisted "
    "insisting joked joking laughs laughed laughing notes noted noting observe observes observed observing recall "
    "recalls recalled recalling remarked remarking remember remembers remembered remembering repeat repeats repeated "
    "repeating reply replies replied replying respond responds responded responding say says said saying shouted "
    "shouting sighed sighing speculate speculates speculated speculating starts started starting stated stating tell "
    "tells told telling warn warns warned warning whispered whispering write writes wrote writing"
)
_VERB = rf"(?:{'|'.join(sorted(_FORMS.split(), key=len, reverse=True))})"
_ADVERB = r"(?:\w+ly|again|also|always|at once|later|now|once|often|simply|then)"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey)"
_VERBS = re.compile(rf"\b{_VERB}\b")
_VERB_FIRST = re.compile(
    rf"\s*(?:{_ADVERB}\s+)?{_VERB}\s+(?:{_ADVERB}\s+)?(?P<subject>(?:[a-z]+\s+){{0,5}}?)(?=(?P<pronoun>{_PRONOUN}\b)?)"
)
_SUBJECT_FIRST = re.compile(rf"(?:,[^,]{{1,120}},)?\s+(?:{_ADVERB}\s+)?(?:{_VERB}|[a-z]+s|[a-z]+ed)\b")
_SPEAKS = re.compile(rf"(?:,[^,]{{1,120}},)?\s+(?:{_ADVERB}\s+)?{_VERB}\b(?!\s+that\b)")
_PRONOUN_FIRST = re.compile(rf"\s*(?P<pronoun>{_PRONOUN})\s+(?:{_ADVERB}\s+)?(?P<verb>\w+)")
_SOMEBODY = re.compile(rf"\s*(?:[a-z][\w’'-]*\s+){{1,5}}?(?:{_ADVERB}\s+)?{_VERB}\b(?!\s+that\b)")
_BEFORE_VERB = re.compile(rf"(?:\s+{_ADVERB})*\s+$")
_LAST_PRONOUN = re.compile(rf"\b(?P<pronoun>{_PRONOUN})$")
_JOINED = re.compile(r"(?:,|\band|\bbut|\bthen)$")


class SpeakerMention(StrEnum):
    """How a hint names a speaker."""

    NAMED = "named"
    PRONOUN = "pronoun"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Hint:
    """Who is said to speak: a name's words, a pronoun, or somebody without a name; `verb` tells of a verb of saying."""

    told: SpeakerMention
    words: tuple[str, ...] = ()
    verb: bool = True


def find_hint_after(text: str, start: int, end: int, names: list[NameInText]) -> Hint | None:
    """Return the hint at its speaker in the narration right behind a quotation; None when it begins with nobody."""
    first = _VERB_FIRST.match(text, start, end)
    if first:
        if first["pronoun"]:
            return Hint(SpeakerMention.PRONOUN, (first["pronoun"].lower(),))
        for name in names:
            lead = text[first.start("subject") : max(name.start, first.start("subject"))].split()
            if name.start >= first.start("subject") and not name.owning and _describes(lead):
                return Hint(SpeakerMention.NAMED, name.words)
        return Hint(SpeakerMention.UNNAMED)
    pronoun = _PRONOUN_FIRST.match(text, start, end)
    if pronoun:
        spoken = _VERBS.fullmatch(pronoun["verb"]) is not None
        return Hint(SpeakerMention.PRONOUN, (pronoun["pronoun"].lower(),), spoken)
    return _find_actor(text, start, end, names)


def _find_actor(text: str, start: int, end: int, names: list[NameInText]) -> Hint | None:
    """Return the hint of a stretch that begins with a name, or with somebody without one, and a verb."""
    actor = next((n for n in names if n.start >= start and not n.owning), None)
    if actor is None or text[start : actor.start].strip():
        return Hint(SpeakerMention.UNNAMED) if _SOMEBODY.match(text, start, end) else None
    if not _SUBJECT_FIRST.match(text, actor.end, end):
        return None
    return Hint(SpeakerMention.NAMED, actor.words, verb=_SPEAKS.match(text, actor.end, end) is not None)


def _describes(lead: list[str]) -> bool:
    """Tell whether the words between verb and name only describe the named: "says the lawyer Mira Solen"."""
    return len(lead) <= 5 and all(w.isalpha() and w.islower() for w in lead) and not {*lead} & (OBLIQUE | {"that"})


def find_hint_before(text: str, start: int, end: int, names: list[NameInText]) -> Hint | None:
    """Return the hint in the sentence that leads up to a quotation; None when it does not lead up to it."""
    lead_end = start + len(text[start:end].rstrip())
    verbs = list(_VERBS.finditer(text, start, lead_end))
    actors = [n for n in names if start <= n.start < end and not n.owning and not n.oblique]
    if not verbs:
        if text[start:lead_end].endswith(":"):
            return Hint(SpeakerMention.NAMED, actors[0].words) if len(actors) == 1 else Hint(SpeakerMention.UNNAMED)
        return None
    if text[start:lead_end].endswith((",", ":")) or verbs[-1].end() == lead_end:
        return _find_subject(text, start, verbs[-1].start(), actors)
    return None


def _find_subject(text: str, start: int, verb: int, actors: list[NameInText]) -> Hint:
    """Return the subject of a verb of saying in the sentence that begins at `start`."""
    gap = _BEFORE_VERB.search(text, start, verb)
    at = gap.start() if gap else verb
    subject = text[start:at]
    pronoun = _LAST_PRONOUN.search(subject)
    if pronoun:
        return Hint(SpeakerMention.PRONOUN, (pronoun["pronoun"].lower(),))
    close = next((n for n in actors if n.end == at), None)
    if close:
        return Hint(SpeakerMention.NAMED, close.words)
    return _find_far_subject(text, start, subject, [n for n in actors if n.end < at])


def _find_far_subject(text: str, start: int, subject: str, actors: list[NameInText]) -> Hint:
    """Return the subject of a verb that is not next to it: before an apposition, or of an earlier verb."""
    if actors and (_JOINED.search(subject) or text[actors[0].end : actors[0].end + 1] == ","):
        return Hint(SpeakerMention.NAMED, actors[0].words)
    opening = _PRONOUN_FIRST.match(text, start, start + len(subject))
    if opening and _JOINED.search(subject):
        return Hint(SpeakerMention.PRONOUN, (opening["pronoun"].lower(),))
    return Hint(SpeakerMention.UNNAMED)

"""The capitalised names of a text, and the names in the words of a record.

A name is a run of words that begin with a capital, perhaps with `of`, `the`, `for` and the like between two of them.
The first word of a sentence or quotation has its capital from its place: alone it is a name only where the same word
stands with a capital inside another sentence and nowhere with a small letter.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from testimonia.drafting.coverage.offsets import overlaps

_JOINING_TEXT = "of for de del da do dos di la le du des van der den von al el bin ibn y zu"
_JOINING = frozenset(_JOINING_TEXT.split())
_ARTICLES = frozenset({"the", "a", "an"})
_TITLES_TEXT = "mr mrs ms miss mx dr prof sir dame"
_TITLES = frozenset(_TITLES_TEXT.split())
_PLAIN_TEXT = (
    "i a an the this that these those it he she we you they who what which when where why how whose my his her its "
    "our your their me him us them and or but nor so yet if as at by for from in into of off on onto out over to "
    "under up upon with within without about above across after against along among around before behind below "
    "beneath beside besides between beyond despite down during except inside like near outside past per since than "
    "through till toward towards until via although because once though unless while whereas whether am is are was "
    "were be been being do does did have has had will would shall should can could may might must not no yes there "
    "here then thus hence however therefore moreover furthermore also even still just only now never always often "
    "sometimes today yesterday tomorrow all any both each every either neither few many more most much other others "
    "another several some such same own one two three four five six seven eight nine ten first second third next last "
    "instead meanwhile otherwise nevertheless nonetheless perhaps maybe indeed overall finally recently currently "
    "previously later earlier soon already again too very well please thank thanks "
)
_PLAIN = frozenset(_PLAIN_TEXT.split())
_COMMON_TEXT = "cso csos ngo ngos mp mps ceo tv id pr it ai lgbt lgbtq lgbtqi lgbtqia"
_COMMON = frozenset(_COMMON_TEXT.split())
"""Abbreviations that name nobody in particular."""

_CALENDAR = "monday tuesday wednesday thursday friday saturday sunday "
_CALENDAR += "january february march april may june july august september october november december"
_NO_NAMES = _COMMON | frozenset(_CALENDAR.split())
_TOKEN = re.compile(r"[^\W_]+(?:[-‑'’&.][^\W_]+)*\.?")
_HYPHENED = re.compile(r"[-‑](?:[a-z]+ed|born|era|led|run|style|wide)$")
"""What makes an adjective of a name: London-based, police-led."""

_CAMEL = re.compile(r"[a-zß-öø-ÿ]{2,}(?=[A-ZÀ-ÖØ-Þ])")
_OPENERS = "‘“\"'«([:–—…•"
_SKIPPED = re.compile(r"\S*(?:@|://|www\.)\S*|\b[A-Z]{1,3}(?=[$£€¥])")


@dataclass(frozen=True, slots=True)
class WordToken:
    """A word of a text: offsets (end-exclusive) and the word, without ’s and a closing full stop."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class MentionedName:
    """A name in a text: offsets (end-exclusive), its words in small letters; `initial`: it begins a sentence."""

    start: int
    end: int
    words: tuple[str, ...]
    initial: bool = False


def find_names(
    text: str, start: int = 0, end: int | None = None, *, proper: Collection[str] = ()
) -> list[MentionedName]:
    """Return the names of one sentence, in its order; offsets are those of `text`.

    `proper` holds the words (small letters) that are names even where they alone begin a sentence.

    >>> [" ".join(n.words) for n in find_names("Then Mr. Brandt told the Council of Rivers of Ny Havn’s fair.")]
    ['brandt', 'council of rivers of ny havn']
    >>> find_names("Turnout will be low, I fear."), find_names("Ivo left.", proper={"ivo"})[0].words
    ([], ('ivo',))
    """
    names: list[MentionedName] = []
    run: list[WordToken] = []
    after = start
    for token in (*split_tokens(text, start, end), None):
        gap = text[after : token.start] if token is not None else "."
        if run and (token is None or not _goes_on(run, token, gap)):
            names += _close(text, start, run, proper)
            run = []
        if token is not None:
            if run or _is_capital(token):
                run.append(token)
            after = token.end
    return names


def find_proper_words(text: str, sentences: Collection[tuple[int, int]]) -> frozenset[str]:
    """Return the words that stand with a capital inside a sentence and nowhere with a small letter, in small letters.

    >>> sorted(find_proper_words("Ivo sang. Then Ivo left. The songs of Songs.", [(0, 9), (10, 24), (25, 44)]))
    ['ivo']
    """
    inside: set[str] = set()
    small: set[str] = set()
    for start, end in sentences:
        for token in split_tokens(text, start, end):
            if not _is_capital(token):
                small.add(token.word.lower())
            elif not _is_initial(text, start, token):
                inside.add(token.word.lower())
    return frozenset(inside - small - _PLAIN)


def split_tokens(text: str, start: int = 0, end: int | None = None) -> list[WordToken]:
    """Return the words of a stretch; two that lack the space between them are two, addresses and currencies none.

    Of a name that is made an adjective (`London-based`) only the name is given.

    >>> [t.word for t in split_tokens("theCouncil’s YouTube, follow@council or U.S.")]
    ['the', 'Council', 'YouTube', 'or', 'U.S']
    >>> [t.word for t in split_tokens("a Sedge-based and well-known choir")]
    ['a', 'Sedge', 'and', 'well-known', 'choir']
    """
    end = len(text) if end is None else end
    skipped = [m.span() for m in _SKIPPED.finditer(text, start, end)]
    tokens: list[WordToken] = []
    for match in _TOKEN.finditer(text, start, end):
        if overlaps(match.span(), skipped):
            continue
        camel = _CAMEL.match(match[0])
        cut = match.start() + (camel.end() if camel else 0)
        for first, last in ((match.start(), cut), (cut, match.end())):
            word = re.sub(r"[’'][sS]$", "", text[first:last].rstrip("."))
            word = _HYPHENED.sub("", word) if word[:1].isupper() else word
            if word:
                tokens.append(WordToken(first, first + len(word), word))
    return tokens


def normalise_name(words: Collection[str]) -> tuple[str, ...]:
    """Return a name as it is compared: small letters, no article before it, no Mr., Dr. or the like."""
    kept = [w.lower().replace("’", "'").replace("‑", "-").replace(".", "") for w in words]
    while kept and kept[0] in _ARTICLES | _TITLES:
        kept.pop(0)
    return tuple(kept)


def _goes_on(run: list[WordToken], token: WordToken, gap: str) -> bool:
    """Tell whether a word goes on with the run: only white space (after a title, a full stop) lies between."""
    titled = run[-1].word.lower() in _TITLES and gap.strip() == "."
    if gap.strip() and not titled:
        return False
    the = token.word == "the" and run[-1].word in {"of", "for"}
    return _is_capital(token) or the or token.word in _JOINING


def _close(text: str, start: int, run: list[WordToken], proper: Collection[str]) -> list[MentionedName]:
    """Return the name that a run of words is, in a list; an empty list when nothing is left of it that is a name."""
    piece = list(run)
    while not _is_capital(piece[-1]):
        piece.pop()
    initial = _is_initial(text, start, piece[0])
    while piece and (not _is_capital(piece[0]) or _is_no_name(piece[0], initial=initial)):
        piece.pop(0)
        initial = False
    if not piece or (initial and len(piece) == 1 and not _is_known(piece[0].word, proper)):
        return []
    words = normalise_name([t.word for t in piece])
    if len(words) == 1 and words[0] in _NO_NAMES:
        return []
    return [MentionedName(piece[0].start, piece[-1].end, words, initial and len(piece) > 1)]


def _is_no_name(token: WordToken, *, initial: bool) -> bool:
    word = token.word.lower()
    return word == "i" or word.startswith(("i'", "i’")) or (initial and word in _PLAIN) or word in _ARTICLES | _TITLES


def _is_capital(token: WordToken) -> bool:
    return token.word[0].isupper()


def _is_known(word: str, proper: Collection[str]) -> bool:
    """Tell whether the first word of a sentence is a name: known as one, or an abbreviation in capitals."""
    return word.lower() in proper or (len(word) > 1 and word.upper() == word and word.lower() not in _PLAIN)


def _is_initial(text: str, start: int, token: WordToken) -> bool:
    """Tell whether a word begins its sentence or a quotation in it."""
    before = text[start : token.start].rstrip()
    return not before or before[-1] in _OPENERS or before[-1] in ".!?"

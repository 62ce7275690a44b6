"""Find the names in the narration of an article, and the persons they stand for.

A name is words with capitals that follow one another. A person is called by the full name once and by a part of it
from then on: so a full name whose last word also stands alone is a person's, and a short form stands for the longest
form met.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]\w*(?:[-’'](?!s\b)\w+)*")
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?!\w)")
_GAP = re.compile(r"[ \t\u00a0]+")
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "rev"})
_LINKS = "al ben bin da de del della den der di dos du el ibn la le ten van von"
_PARTICLES = frozenset(_LINKS.split())
_PREPOSITIONS = (
    "about across after against among around at before behind beside besides between by despite for from in inside "
    "into like near of off on onto outside over past through to towards under unlike until upon via with without"
)
OBLIQUE = frozenset(_PREPOSITIONS.split())
"""Words after which a name is not the one who acts."""

_OPENERS = (
    "a although an and as because both but each even ever every few finally first he her here hers his how however i "
    "if it its just last later many meanwhile most much my never no nobody not nothing now once one only or other "
    "others our perhaps she since so some somebody soon still such that the their then there these they this those "
    "though today together we well what when where whether which while who whom whose why yes yet you your"
)
_COMMON = OBLIQUE | frozenset(_OPENERS.split())
"""Words that a sentence may begin with, and no name."""


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name where it stands: offsets, its words, and whether it belongs to another word (`Solen's`, `the Solen case`).

    `oblique` tells that a preposition goes before it.
    """

    start: int
    end: int
    words: tuple[str, ...]
    owning: bool
    oblique: bool


def find_names(text: str, start: int, end: int) -> list[NameInText]:
    """Return the names in a stretch of text.

    >>> found = find_names("Then Dr. Mira Solen met Ivo van Dale's aunt, the Solen trust and Óren.", 0, 70)
    >>> [(" ".join(n.words), n.owning) for n in found]
    [('Mira Solen', False), ('Ivo van Dale', True), ('Solen', True), ('Óren', False)]
    """
    names: list[NameInText] = []
    run: list[re.Match[str]] = []
    before = ""
    for word in _WORD.finditer(text, start, end):
        lower = word.group().casefold()
        if run and not _joins(text, run[-1], word):
            names += _make_name(text, run, before)
            before, run = run[-1].group().casefold(), []
        capital = _is_capital(word.group()) and lower not in _TITLES and (bool(run) or lower not in _COMMON)
        if capital or (run and lower in _PARTICLES):
            run.append(word)
        elif lower not in _TITLES:
            names += _make_name(text, run, before)
            before, run = lower, []
    return names + _make_name(text, run, before)


def _joins(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    between = text[left.end() : right.start()]
    initial = len(left.group()) == 1 and between.startswith(".")
    return _GAP.fullmatch(between.removeprefix(".") if initial else between) is not None


def _is_capital(word: str) -> bool:
    return word[0].isupper() or (
        "-" in word and word.partition("-")[0] in _PARTICLES and word.partition("-")[2][:1].isupper()
    )


def _make_name(text: str, run: list[re.Match[str]], before: str) -> list[NameInText]:
    while run and run[-1].group() in _PARTICLES:
        run = run[:-1]
    if not run:
        return []
    owning = _POSSESSIVE.match(text, run[-1].end()) is not None or before == "the"
    words = tuple(m.group() for m in run)
    return [NameInText(run[0].start(), run[-1].end(), words, owning, before in OBLIQUE)]


def _fold(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(w.casefold() for w in words)


@dataclass(frozen=True, slots=True)
class Persons:
    """The persons of an article: the words of their longest forms."""

    forms: tuple[tuple[str, ...], ...]

    def find_person(self, words: tuple[str, ...]) -> str:
        """Return the longest form of a name; "" when nobody or several are called so.

        >>> persons = Persons((("Mira", "Solen"), ("Ivo", "Brandt"), ("Lena", "Brandt")))
        >>> persons.find_person(("solen",)), persons.find_person(("Brandt",)), persons.find_person(("Ivo",))
        ('Mira Solen', '', 'Ivo Brandt')
        """
        wanted = set(_fold(words))
        fitting = [form for form in self.forms if wanted <= set(_fold(form))]
        return " ".join(fitting[0]) if len(fitting) == 1 else ""


def collect_persons(names: list[NameInText], speakers: Iterable[tuple[str, ...]]) -> Persons:
    """Return the persons among names: full names whose last word stands alone elsewhere, and whoever speaks."""
    alone = {_fold(n.words)[0] for n in names if len(n.words) == 1 and not n.words[0].isupper()}
    full: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in reversed(names):
        if len(name.words) > 1 and _fold(name.words)[-1] in alone:
            full[_fold(name.words)] = name.words
    for words in speakers:
        full[_fold(words)] = words
    return Persons(tuple(dict.fromkeys(_list_longest(full))))


def _list_longest(full: dict[tuple[str, ...], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the names whose words are not all part of a longer name."""
    for folded, words in sorted(full.items()):
        if not any(set(folded) < set(other) for other in full):
            yield words

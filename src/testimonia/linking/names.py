"""Names in any script as plain words, and as skeletons by which different spellings meet.

Letters are made plain by `anyascii` (extra [merge], decision 35): it knows every script, needs no language, and gives
the same text the same letters. What is written without vowels, or by ear, meets in the skeleton what is written out.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SOUNDS = dict(
    (
        *(("sch", "s"), ("tch", "c"), ("ph", "f"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("th", "t")),
        *(("zh", "z"), ("dj", "g"), ("dh", "d"), ("ck", "k"), ("ts", "s"), ("tz", "s"), ("x", "ks"), ("q", "k")),
        *(("c", "k"), ("w", "v"), ("z", "s"), ("j", "g"), ("p", "b")),
    )
)
_LETTERS = re.compile("|".join(_SOUNDS))
_SOFT = re.compile(r"[aeiouyh']+")
_TWICE = re.compile(r"(.)\1+")
_LEAST = 2
"""A skeleton with fewer consonants than that says nothing; the word itself is taken."""


@dataclass(frozen=True, slots=True)
class ComparedName:
    """A name: as written, its words in plain small letters, the skeleton of each and of all together."""

    written: str
    words: tuple[str, ...]
    skeletons: tuple[str, ...]
    plain: bool

    @property
    def joined(self) -> str:
        """The words as one, in alphabetical order: whose family name stands first is the same name."""
        return " ".join(sorted(self.words))

    @property
    def skeleton(self) -> str:
        """The skeleton of the whole, in the order written: scripts without spaces have but one word."""
        return make_skeleton("".join(self.words))


def parse_name(written: str) -> ComparedName:
    """Return a name from its text, whatever script it is in.

    >>> parse_name("Solen, Mira").joined, parse_name("محمد الهاشمي").skeletons
    ('mira solen', ('md', 'lsm'))
    >>> parse_name("Mohamed Alhashimi").skeletons
    ('md', 'lsm')
    >>> parse_name("郭飞雄").skeleton == parse_name("Guo Feixiong").skeleton
    True
    """
    latin = anyascii(written)
    plain = written.isascii() or any("a" <= letter <= "z" for letter in written.lower())
    if not plain:
        latin = _SYLLABLE.sub(" ", latin)
    words = tuple(_WORD.findall(latin.lower().replace("'", "")))
    return ComparedName(written, words, tuple(map(make_skeleton, words)), plain)


@lru_cache(maxsize=1 << 17)
def make_skeleton(word: str) -> str:
    """Return the consonants of a word as they sound, roughly; the word itself where there are hardly any.

    >>> make_skeleton("bangladesh"), make_skeleton("bnjldysh"), make_skeleton("iao")
    ('bngls', 'bngls', 'iao')
    """
    sound = _LETTERS.sub(lambda match: _SOUNDS[match[0]], word)
    sound = _TWICE.sub(r"\1", _SOFT.sub("", sound))
    sound = sound.replace("ds", "s") if len(sound) > _LEAST else sound
    return sound if len(sound) >= _LEAST else word


@lru_cache(maxsize=1 << 16)
def list_shorter(skeleton: str) -> tuple[str, ...]:
    """Return a skeleton without one of its consonants, each; of short ones nothing.

    >>> list_shorter("slnm")
    ('lnm', 'snm', 'slm', 'sln')
    """
    return tuple(skeleton[:n] + skeleton[n + 1 :] for n in range(len(skeleton))) if len(skeleton) > 3 else ()

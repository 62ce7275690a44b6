"""Planted: invented entities of ours, and any number of theirs among which some of ours stand under other spellings."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from testimonia.core.namespaces import T
from testimonia.linking.profile import Profile

THEIRS = "https://elsewhere.example.net/entity/"
STEM = "https://example.org/merged/elsewhere/node/"
_GRAPH = "<https://example.org/merged/elsewhere>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_CODE = "<https://elsewhere.example.net/terms#code>"
_PERSON, _BODY = "https://schema.org/Person", "http://www.w3.org/ns/org#Organization"
_FIRST = "b br c d dr f g gr h k kl l m n p r s st t tr v z".split(" ")  # noqa: SIM905
_MIDDLE = "a e i o u a e o ia au".split(" ")  # noqa: SIM905
_LAST = "n r l s t m k nd rt ".split(" ")  # noqa: SIM905
_KINDS = "Archive Council Foundation Institute League Observatory Press Union Watch Centre".split(" ")  # noqa: SIM905
_SCRIPTS = {
    "cyrillic": dict(zip("abcdefghijklmnoprstuvz", "абцдефгхийклмнопрстувз", strict=True)),
    "greek": dict(zip("abcdefghiklmnoprstuvz", "αβκδεφγχικλμνοπρστυβζ", strict=True)),
    "arabic": dict(zip("abcdfghiklmnprstuvwz", "ابكدفغهيكلمنبرستوفوز", strict=True)) | {"e": "", "o": "و", "j": "ج"},
}
HOW = ("same", "turned", "initial", "typo", "vowels", *_SCRIPTS)
"""How a planted name differs from ours."""


@dataclass(frozen=True, slots=True)
class Row:
    """One of theirs: number, name, class, code, and which of ours it is (-1: none) with how its name differs."""

    number: int
    name: str
    cls: str
    code: str
    ours: int = -1
    how: str = ""


def make_ours(count: int) -> list[Profile]:
    """Give so many persons and bodies of ours with names that no two share; every tenth has a code."""
    random_ = random.Random(1)
    names: dict[str, bool] = {}
    while len(names) < count:
        person = len(names) % 2 == 0
        names[_make_person(random_) if person else _make_body(random_)] = person
    return [
        Profile(
            f"https://example.org/id/{number}",
            {name: "en"},
            [f"{T}Person" if person else f"{T}Organisation"],
            [(f"{T}code", f"C{number}")] if number % 10 == 0 else [],
        )
        for number, (name, person) in enumerate(names.items())
    ]


def make_theirs(ours: list[Profile], count: int) -> Iterator[Row]:
    """Give so many of theirs: half of ours under another spelling, a near miss for each fourth, the rest strangers."""
    random_ = random.Random(2)
    planted = [number for number in range(len(ours)) if number % 2 == 0 or number % 10 == 5]
    planted = planted[: len(ours) // 2]
    for number in range(count):
        if number < len(planted):
            mine = ours[planted[number]]
            name, how = next(iter(mine.names)), HOW[number % len(HOW)]
            code = mine.codes[0][1] if mine.codes else ""
            yield Row(number, change(name, how, random_), _class_of(mine), code, planted[number], how)
        elif number < len(planted) + len(ours) // 4:
            mine = ours[number % len(ours)]
            words = next(iter(mine.names)).split(" ")
            words[0] = _make_word(random_)
            yield Row(number, " ".join(words), _class_of(mine), "")
        else:
            person = random_.random() < 0.6
            name = _make_person(random_) if person else _make_body(random_)
            yield Row(number, name, _PERSON if person else _BODY, f"D{number}" if number % 50 == 0 else "")


def write_theirs(rows: Iterator[Row], path: Path) -> tuple[int, dict[str, tuple[str, str]]]:
    """Write sorted N-Quads; give how many quads there are, and IRI of ours → IRI of theirs with how it differs."""
    planted: dict[str, tuple[str, str]] = {}
    quads = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:  # numbers of nine digits: the order of numbers is that of lines
            node = f"<{THEIRS}{row.number:09}>"
            lines = [f"{node} {_TYPE} <{row.cls}> {_GRAPH} .\n", f'{node} {_LABEL} "{row.name}" {_GRAPH} .\n']
            lines += [f'{node} {_CODE} "{row.code}" {_GRAPH} .\n'] if row.code else []
            file.writelines(sorted(lines))
            quads += len(lines)
            if row.ours >= 0:
                planted[f"https://example.org/id/{row.ours}"] = (f"{THEIRS}{row.number:09}", row.how)
    return quads, planted


def change(name: str, how: str, random_: random.Random) -> str:
    """Give a name as somebody else might write it."""
    words = name.split(" ")
    if how == "turned":
        return f"{words[-1]}, {' '.join(words[:-1])}"
    if how == "initial":
        return " ".join([f"{words[0][0]}.", *words[1:]]) if len(words) == 2 else f"The {name}"
    if how == "typo":
        place = random_.randrange(1, len(name) - 1)
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if how == "vowels":
        return name.replace("ia", "iya").replace("au", "aw").replace("k", "c", 1).replace("e", "é", 1)
    letters = _SCRIPTS.get(how, {})
    return "".join(letters.get(letter, letter) for letter in name.lower()) if letters else name


def _class_of(profile: Profile) -> str:
    return _PERSON if profile.classes[0].endswith("Person") else _BODY


def _make_word(random_: random.Random) -> str:
    parts = [random_.choice(_FIRST) + random_.choice(_MIDDLE) for _ in range(random_.choice((2, 2, 3)))]
    return ("".join(parts) + random_.choice(_LAST)).capitalize()


def _make_person(random_: random.Random) -> str:
    return f"{_make_word(random_)} {_make_word(random_)}"


def _make_body(random_: random.Random) -> str:
    return f"{_make_word(random_)} {_make_word(random_)} {random_.choice(_KINDS)}"

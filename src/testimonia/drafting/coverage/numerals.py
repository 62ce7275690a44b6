"""The numbers of a text, written in digits or in words.

A numeral's key is what is compared: `1200` for 1,200 and for twelve hundred, `2.` for second and 2nd, the word itself
for a number that is none ("dozens"). `one`, `once`, `first` and `both` stand as often for no number and are none here.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SMALL = {**{word: n for n, word in enumerate(_UNITS)}, **_TENS}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}
_TIMES = {"twice": 2, "thrice": 3, "dozen": 12}
_FIRST = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_ORDINALS = (
    {word: n for n, word in enumerate(_FIRST)}
    | {f"{word}th": n for word, n in _SMALL.items() if 12 < n < 20}
    | {f"{word[:-1]}ieth": n for word, n in _TENS.items()}
)
_MANY = "dozens|scores|hundreds|thousands|millions|billions"

_WORD = "|".join(sorted((*_SMALL, *_SCALES, "dozen"), key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_NUMERAL = re.compile(
    rf"""(?<![\w@#/])(?<!\w[-–‑])(?:
      (?P<vague>(?:(?:tens|{_MANY})\ of\ )*(?:{_MANY})|tens(?=\ of\b)|several|a\ few|a\ handful|a\ couple)
    | (?P<fraction>(?:(?:one|two|three|a)[\ -])?(?:half|thirds|quarters)|(?:one|a)[\ -](?:third|quarter)(?=\ of\b))
        (?!\ a\ (?:{_WORD}))
    | (?P<ratio>\d+/\d+)
    | (?P<nth>\d+)(?:st|nd|rd|th)
    | (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
        (?:(?P<short>k|mn|m|bn)\b|\ (?P<scale>hundred|thousand|million|billion|trillion))?
    | (?P<half>half\ a\ )(?P<halved>hundred|thousand|million|billion|dozen)
    | (?P<tenth>(?:{"|".join(_TENS)})[-\ ])?(?P<ordinal>{_ORDINAL})
    | (?P<times>twice|thrice)
    | (?P<words>(?:an?\ (?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?
        (?:{_WORD})(?:(?:[\ -]|(?<=hundred)\ and\ |(?<=thousand)\ and\ )(?:{_WORD}))*)
    )(?!\w|[/]\d|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: offsets (end-exclusive) and the key by which it is compared."""

    start: int
    end: int
    key: str


def find_numerals(text: str, start: int = 0, end: int | None = None) -> list[Numeral]:
    """Return the numerals of a stretch, in its order; offsets are those of `text`.

    >>> [n.key for n in find_numerals("At least 1,200 of twenty-one thousand, up to 30% or $1.5 million, dozens twice")]
    ['1200', '21000', '30', '1500000', 'dozens', '2']
    >>> [n.key for n in find_numerals("a second, a 3rd; no one, G7, half a million, two-thirds, 18-year-old")]
    ['2.', '3.', '500000', 'two thirds', '18']
    """
    found: list[Numeral] = []
    for match in _NUMERAL.finditer(text, start, len(text) if end is None else end):
        key = _read_key(match)
        if key:
            found.append(Numeral(match.start(), match.end(), key))
    return found


def normalise_number(text: str) -> str:
    """Return a decimal number in its shortest form.

    >>> normalise_number("1200.0"), normalise_number("0.50")
    ('1200', '0.5')
    """
    number = Decimal(text)
    whole = number.to_integral_value()
    return str(whole) if number == whole else str(number.normalize())


def _read_key(match: re.Match[str]) -> str:
    """Return the key of a numeral; "" for what only looks like one."""
    parts = match.groupdict()
    if parts["nth"] or parts["ordinal"]:
        tens = _TENS.get((parts["tenth"] or "").strip(" -").lower(), 0)
        number = tens + int(parts["nth"] or _ORDINALS[parts["ordinal"].lower()])
        return "" if match[0].lower() == "first" else f"{number}."
    if parts["digits"]:
        scale = _SHORT.get((parts["short"] or "").lower()) or _SCALES.get((parts["scale"] or "").lower(), 1)
        return normalise_number(str(Decimal(parts["digits"].replace(",", "")) * scale))
    if parts["halved"]:
        return normalise_number(str((_SCALES | _TIMES)[parts["halved"].lower()] / Decimal(2)))
    if parts["times"]:
        return str(_TIMES[parts["times"].lower()])
    if parts["words"]:
        return _read_words(parts["words"].lower())
    return re.sub(r"[\s-]+", " ", match[0].lower()).removeprefix("a ")


def _read_words(words: str) -> str:
    """Return the value of number words; "" for a bare `one`, and for a scale without a number ("per hundred")."""
    total, current = 0, 0
    parts = [w for w in re.split(r"[\s-]+", words) if w not in {"and", "a", "an"}]
    if parts == ["one"]:
        return ""
    for word in parts:
        if word in _SMALL:
            current += _SMALL[word]
        elif word in {"hundred", "dozen"}:
            current = max(current, 1) * {**_SCALES, **_TIMES}[word]
        else:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return str(total + current)

"""Codes: the catalogue of problems that curated files, texts and commands can have, each with an example.

It is read from `codes.yaml` beside this module; there a code has its layer, what is wanted and why, a good example and
a bad one.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from testimonia.validation.layers import Layer


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem.

    With `file` (example/path in examples/), `good` stands there, and `bad` in its place gives the problem; `texts`
    says whether that takes the text. A problem stops the build: its severity is Violation.
    """

    name: str
    layer: Layer
    wanted: str
    why: str
    good: str
    bad: str
    file: str = ""
    texts: bool = False
    severity: str = "Violation"


@cache
def read_codes() -> dict[str, Code]:
    """Give every code by its name, in the order of the catalogue.

    >>> code = read_codes()["unknown-key"]
    >>> code.layer.value, code.bad
    ('records', '  demands: hand-over-recordings')
    """
    text = files("testimonia.validation").joinpath("codes.yaml").read_text("utf-8")
    return {name: _read(name, entry) for name, entry in yaml.safe_load(text).items()}


def _read(name: str, entry: dict[str, str]) -> Code:
    return Code(
        name=name,
        layer=Layer(entry["layer"]),
        wanted=entry["wanted"],
        why=entry["why"],
        good=entry["good"],
        bad=entry["bad"],
        file=entry.get("file", ""),
        texts="texts" in entry,
    )

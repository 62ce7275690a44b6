"""Codes: the catalogue of problems that curated files, texts and commands can have, and of the rules of the graph.

They are read from `codes.yaml` and `rules.yaml` beside this module; there each has its layer, what is wanted and why, a
good example and a bad one. Together with shapes and violation queries they are every rule that a finding can name.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from testimonia.core.layers import Layer


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem, or one rule.

    With `file` (example/path in examples/), `good` stands there, and `bad` in its place gives the problem; `texts`
    says whether that takes the text. A problem stops the build: its severity is Violation; a rule of the graph has its
    own. `expected` and `fix` are the words of a finding that says nothing more exact.
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
    expected: str = ""
    fix: str = ""


def get_code(name: str) -> Code:
    """Return the entry of the catalogue that a finding names; KeyError where there is none."""
    return read_codes().get(name) or read_rules()[name]


@cache
def read_codes() -> dict[str, Code]:
    """Return every kind of problem by its code, in the order of the catalogue.

    >>> code = read_codes()["unknown-key"]
    >>> code.layer.value, code.bad
    ('records', '  demands: hand-over-recordings')
    """
    return _read_catalogue("codes.yaml")


@cache
def read_rules() -> dict[str, Code]:
    """Return every rule of the graph that is neither shape nor violation query by its code, in the catalogue's order.

    >>> read_rules()["unused-concept"].severity
    'Info'
    """
    return _read_catalogue("rules.yaml")


def _read_catalogue(name: str) -> dict[str, Code]:
    text = files("testimonia.core").joinpath(name).read_text("utf-8")
    return {code: _read(code, entry) for code, entry in yaml.safe_load(text).items()}


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
        severity=entry.get("severity", "Violation"),
        expected=entry.get("expected", ""),
        fix=entry.get("fix", ""),
    )

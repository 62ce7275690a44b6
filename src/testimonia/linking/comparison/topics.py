"""The topics of `mappings/topics.yaml`: what can be compared when several sources speak of one thing.

A topic lists properties of ours and of others that say the same, the classes for which they are compared, and the way
their values are compared. Users add their own in a file of the same form.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.core.namespaces import PREFIXES
from testimonia.core.record import Word
from testimonia.core.yaml_tree import Block, Items, Tree


class Way(StrEnum):
    """How values are compared."""

    CODE = "code"
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    THING = "thing"


_KEYS = ("ours", "of", "compare", "theirs", "counts", "unit")


@dataclass(frozen=True, slots=True)
class Topic:
    """What is compared: `ours`, `of` (classes), `theirs` are IRIs; `counts` is the key of a figure, `unit` its slug."""

    name: str
    ours: tuple[str, ...]
    of: tuple[str, ...]
    way: Way
    theirs: tuple[str, ...] = ()
    counts: str = ""
    unit: str = ""


def read_topics(layout: Layout, further: Path | None = None) -> list[Topic]:
    """Return the topics of a data set (its own list, else the model's) and those of a user's file.

    InputError lists every problem of both.
    """
    topics: list[Topic] = []
    findings: list[Finding] = []
    for path in (layout.topics, *([further] if further else [])):
        tree, found = read_yaml(path, layout.name(path))
        reader = _Reader(found)
        for key, value in tree or ():
            topic = reader.read(key, value)
            topics += [topic] if topic else []
        findings += reader.findings
    if findings:
        raise InputError(findings)
    return topics


@dataclass(slots=True)
class _Reader:
    """Reads the topics of one file and collects findings."""

    findings: list[Finding]

    def note(self, word: Word, record: str, found: str, expected: str = "", fix: str = "") -> None:
        """Add a finding at a word."""
        self.findings.append(Finding.at(word, "topic-form", record=record, found=found, expected=expected, fix=fix))

    def read(self, key: Word, value: Tree) -> Topic | None:
        """Return one topic; None when it cannot be used."""
        record, before = f"topic {key.text}", len(self.findings)
        if not isinstance(value, Block):
            self.note(key, record, "no mapping", "{ours: …, of: …, compare: …, theirs: …}")
            return None
        for word, _ in value:
            if word.text not in _KEYS:
                self.note(word, record, f'unknown key "{word.text}"', ", ".join(_KEYS), find_nearest(word.text, _KEYS))
        for name in ("ours", "of", "compare"):
            if name not in value.entries:
                self.note(key, record, f'no "{name}"')
        ours, of, theirs = (self._read_names(value, name, record) for name in ("ours", "of", "theirs"))
        way, counts, unit = (self._read_word(value, name, record) for name in ("compare", "counts", "unit"))
        if way and way not in list(Way):
            self.note(value.keys["compare"], record, f'compare: "{way}"', ", ".join(Way), find_nearest(way, list(Way)))
        if theirs and way == Way.FIGURE and not (counts and unit):
            expected = '"counts" (the key of the figure) and "unit"'
            self.note(key, record, "their property for a figure, but not which", expected)
        return None if len(self.findings) > before else Topic(key.text, ours, of, Way(way), theirs, counts, unit)

    def _read_word(self, block: Block, name: str, record: str) -> str:
        value = block.entries.get(name)
        if value is not None and not isinstance(value, Word):
            self.note(block.keys[name], record, f'"{name}" is no word')
        return value.text if isinstance(value, Word) else ""

    def _read_names(self, block: Block, name: str, record: str) -> tuple[str, ...]:
        value = block.entries.get(name)
        items = value.items if isinstance(value, Items) else (value,) if value is not None else ()
        found = []
        for item in items:
            iri = _expand(item.text) if isinstance(item, Word) else ""
            if not iri:
                expected = "https://…, or one of: " + ", ".join(f"{prefix}:" for prefix in PREFIXES)
                self.note(block.keys[name], record, f'"{name}" that is no IRI', expected)
            found.append(iri)
        return tuple(found)


def _expand(name: str) -> str:
    """Return the IRI of a full or prefixed name; "" when it is neither."""
    prefix, colon, local = name.partition(":")
    if colon and local.startswith("//"):
        return name
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""

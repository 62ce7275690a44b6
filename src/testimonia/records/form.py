"""Read words, lists and mappings out of the blocks of curated files, collecting the problems of all files.

Where a value is missing or has another form, the problem is noted and something empty returned, so that reading goes on
and all problems are found in one run.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Unpack

from testimonia.core.errors import find_nearest
from testimonia.core.findings import Finding, Placed, Wording
from testimonia.core.iris import SLUG
from testimonia.core.record import Position, Word
from testimonia.core.visibility import PUBLIC, RESTRICTED, Level, Visibility, parse_visibility
from testimonia.core.yaml_tree import Block, Items, Tree


@dataclass(slots=True)
class BlockReader:
    """Reads words out of blocks; `findings` is what was wrong so far."""

    findings: list[Finding] = field(default_factory=list)
    open_findings: list[Finding] = field(default_factory=list)
    """Problems that repeat nothing a curator typed, and so may be shown wherever they stand."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Old name of a key → its name now."""

    def report(self, where: Position | Placed, rule: str, **wording: Unpack[Wording]) -> None:
        """Note one problem."""
        self.findings.append(Finding.at(where, rule, **wording))

    def check_keys(self, block: Block, known: Collection[str], record: str) -> None:
        """Note every key that is not known, with its new name or the nearest one that is."""
        for key, _ in block:
            if key.text not in known:
                new = self.renamed.get(key.text)
                fix = f'Write "{new}:", as this key is called now' if new else find_nearest(key.text, known)
                fix = fix or "Remove it, or see docs/records.md for the keys there are"
                self.report(key, "unknown-key", record=record, found=f'unknown key "{key.text}"', fix=fix)

    def get_word(self, block: Block, key: str, record: str) -> Word:
        """Return the plain text of a key; an empty word, and a problem, where there is none."""
        value = block.entries.get(key)
        if isinstance(value, Word) and value.text.strip():
            return value
        position = value.position if value is not None else block.position
        self.report(position, "value-expected", record=record, found=f'"{key}" is missing, empty or no plain text')
        return Word("", position)

    def get_slug(self, block: Block, key: str, record: str) -> Word:
        """Return the slug of a key; note a problem where it is none."""
        word = self.get_word(block, key, record)
        if word.text and not SLUG.fullmatch(word.text):
            self.report(word, "not-a-slug", record=record, found=f'{key}: "{word.text}" is no slug')
        return word

    def get_words(self, value: Tree, record: str) -> tuple[Word, ...]:
        """Return the words of a plain value or a list of plain values; empty and repeated ones are problems."""
        items = value.items if isinstance(value, Items) else (value,)
        if not items:
            self.report(value, "empty-list", record=record, found="an empty list")
        words: dict[str, Word] = {}
        for item in items:
            if not isinstance(item, Word) or not item.text.strip():
                found, expected = "an empty or nested value", "a plain value or a list of them"
                self.report(item, "value-expected", record=record, found=found, expected=expected)
            elif item.text in words:
                self.report(item, "value-twice", record=record, found=f'"{item.text}" twice in one list')
            else:
                words[item.text] = item
        return tuple(words.values())

    def get_block(self, block: Block, key: str, record: str) -> Block:
        """Return the mapping of a key, empty where the key is left out."""
        value = block.entries.get(key)
        if isinstance(value, Block):
            return value
        if value is not None:
            found, expected = f'"{key}" is no mapping', "key: value lines below it"
            self.report(value, "not-a-mapping", record=record, found=found, expected=expected)
        return Block({}, {}, block.position)

    def get_visibility(self, block: Block, record: str) -> Visibility:
        """Return the visibility of a block; public where it says none, restricted where it cannot be read."""
        if "visibility" not in block.entries:
            return PUBLIC
        value = block.entries["visibility"]
        typed = value.text if isinstance(value, Word) else ""
        try:
            return parse_visibility(typed)
        except ValueError as error:
            fix = find_nearest(typed.partition(" ")[0], Level)
            finding = Finding.at(value, "visibility-form", record=record, found=str(error), fix=fix)
            self.open_findings.append(finding)
            return RESTRICTED

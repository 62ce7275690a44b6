"""Form: what every block of a curated file is read with; it collects the problems of all files.

In goes a block of a tree and the key wanted; out comes a word, a list of words or a block, empty where there is none
(the problem is noted, and reading goes on, so that all problems are found in one run).
"""

from dataclasses import dataclass, field

from testimonia.core.errors import Problem, find_nearest
from testimonia.core.iris import SLUG
from testimonia.core.record import Position, Word
from testimonia.core.visibility import EXPECTED_VISIBILITY, PUBLIC, RESTRICTED, Level, Visibility, parse_visibility
from testimonia.core.yaml_tree import Block, Items, Tree


@dataclass(slots=True)
class BlockReader:
    """Reads words out of blocks; `problems` is what was wrong so far."""

    problems: list[Problem] = field(default_factory=list)
    open_problems: list[Problem] = field(default_factory=list)
    """Problems that repeat nothing a curator typed, and so may be shown wherever they stand."""

    def report(  # noqa: PLR0913  (each is a field of the problem)
        self, at: Position, record: str, got: str, expected: str = "", mend: str = "", *, code: str
    ) -> None:
        """Note one problem."""
        self.problems.append(Problem(at.path, at.line, at.column, record, got, expected, mend, code=code))

    def check_keys(self, block: Block, known: dict[str, str], record: str) -> None:
        """Note every key that is not known, with the nearest one that is."""
        for key, _ in block:
            if key.text not in known:
                mend = find_nearest(key.text, known) or "Remove it, or see docs/records.md for the keys there are"
                self.report(key.position, record, f'unknown key "{key.text}"', "", mend, code="unknown-key")

    def get_word(self, block: Block, key: str, record: str) -> Word:
        """Return the plain text behind a key; an empty word, and a problem, where there is none."""
        value = block.entries.get(key)
        if isinstance(value, Word) and value.text.strip():
            return value
        position = value.position if value is not None else block.position
        self.report(
            position, record, f'"{key}" is missing, empty or no plain text', "one line of text", code="value-expected"
        )
        return Word("", position)

    def get_slug(self, block: Block, key: str, record: str) -> Word:
        """Return the slug behind a key; a problem where it is none."""
        word = self.get_word(block, key, record)
        if word.text and not SLUG.fullmatch(word.text):
            self.report(
                word.position,
                record,
                f'{key}: "{word.text}" is no slug',
                "lower-case words joined by hyphens",
                code="not-a-slug",
            )
        return word

    def get_words(self, value: Tree, record: str) -> tuple[Word, ...]:
        """Return the words of a plain value or a list of plain values; empty and repeated ones are problems."""
        items = value.items if isinstance(value, Items) else (value,)
        if not items:
            self.report(
                value.position,
                record,
                "an empty list",
                "a value, or no key at all",
                "Remove the key",
                code="empty-list",
            )
        words: list[Word] = []
        for item in items:
            if not isinstance(item, Word) or not item.text.strip():
                self.report(
                    item.position,
                    record,
                    "an empty or nested value",
                    "a plain value or a list of them",
                    code="value-expected",
                )
            elif item.text in {w.text for w in words}:
                self.report(
                    item.position, record, f'"{item.text}" twice in one list', "", "Remove one", code="value-twice"
                )
            else:
                words.append(item)
        return tuple(words)

    def get_block(self, block: Block, key: str, record: str) -> Block:
        """Return the mapping behind a key, empty where the key is left out."""
        value = block.entries.get(key)
        if isinstance(value, Block):
            return value
        if value is not None:
            self.report(
                value.position, record, f'"{key}" is no mapping', "key: value lines below it", code="not-a-mapping"
            )
        return Block({}, {}, block.position)

    def get_visibility(self, block: Block, record: str) -> Visibility:
        """Return the visibility of a block; public where it says none, restricted where it cannot be read."""
        if "visibility" not in block.entries:
            return PUBLIC
        word = block.entries["visibility"]
        try:
            return parse_visibility(word.text if isinstance(word, Word) else "")
        except ValueError as error:
            at, typed = word.position, word.text if isinstance(word, Word) else ""
            mend = find_nearest(typed.partition(" ")[0], Level)
            self.open_problems.append(
                Problem(
                    at.path, at.line, at.column, record, str(error), EXPECTED_VISIBILITY, mend, code="visibility-form"
                )
            )
            return RESTRICTED

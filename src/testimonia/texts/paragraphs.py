"""Split a text into paragraphs: its lines that hold words, each with its place.

A line ends at a line feed only; a carriage return before it, spaces at either side and a byte order mark are white
space round the paragraph. Everything between two paragraphs is left to separators.
"""

from dataclasses import dataclass

_BLANK = "\ufeff \t\r\f\v\u00a0\u2028\u2029\u0085"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of one line: offsets without the white space round them, and the line's number from 1."""

    text: str
    start: int
    line: int

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.start + len(self.text)

    @property
    def words(self) -> int:
        """How many words it has, between white space."""
        return len(self.text.split())


def split_paragraphs(text: str) -> list[Paragraph]:
    r"""Return the lines of a text that hold words.

    >>> [(p.text, p.start, p.end, p.line) for p in split_paragraphs("one two \r\n\n three")]
    [('one two', 0, 7, 1), ('three', 12, 17, 3)]
    """
    found: list[Paragraph] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip(_BLANK)
        if words:
            found.append(Paragraph(words, start + line.index(words), number))
        start += len(line) + 1
    return found


def count_line(text: str, offset: int) -> int:
    r"""Return the number, from 1, of the line that an offset stands in.

    >>> count_line("a\nb\n", 2)
    2
    """
    return text.count("\n", 0, offset) + 1

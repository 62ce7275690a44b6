"""Find what stands in double quotation marks in a narrative.

Straight marks open and close by turns within a paragraph; curly ones say themselves which they are. A quotation left
open at a paragraph's end goes on in the next, which begins with a mark of its own. Single marks count as text: within
double ones they stand for a quotation in the quotation, elsewhere mostly for an apostrophe.
"""

from dataclasses import dataclass

from testimonia.texts.paragraphs import Paragraph

_OPENING = '"“'
_CLOSING = '"”'
_BLANK = " \t\r\n\u00a0"
_TRIMMED = _BLANK + '"“”'
"""What is trimmed off the words: white space, and marks that are nested or doubled by mistake."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between two marks: the marks' offsets (`end` behind the closing one), first and last paragraph, from 0."""

    start: int
    end: int
    first: int
    last: int

    def find_words(self, text: str) -> tuple[int, int]:
        """Return the offsets of the words between the marks, without white space or further marks at either side."""
        inner = text[self.start + 1 : self.end - 1]
        begin = self.start + 1 + len(inner) - len(inner.lstrip(_TRIMMED))
        return begin, self.end - 1 - (len(inner) - len(inner.rstrip(_TRIMMED)))


def find_marked(paragraphs: list[Paragraph]) -> tuple[list[Marked], list[Paragraph]]:
    r"""Return what is in double quotation marks, and the paragraphs with a mark that is never closed.

    >>> from testimonia.texts.paragraphs import split_paragraphs
    >>> text = '"One," she says. "Two\n"and three." Four'
    >>> [text[m.start : m.end] for m in find_marked(split_paragraphs(text))[0]]
    ['"One,"', '"Two\n"and three."']
    """
    found: list[Marked] = []
    unclosed: list[Paragraph] = []
    opened: tuple[int, int] | None = None
    for number, paragraph in enumerate(paragraphs):
        at = 0
        if opened is not None:
            if paragraph.text[0] in _OPENING:
                at = 1
            else:
                unclosed.append(paragraphs[number - 1])
                opened = None
        for place, char in enumerate(paragraph.text[at:], paragraph.start + at):
            if opened is None and char in _OPENING:
                opened = place, number
            elif opened is not None and char in _CLOSING:
                found.append(Marked(opened[0], place + 1, opened[1], number))
                opened = None
    if opened is not None:
        unclosed.append(paragraphs[-1])
    return found, unclosed

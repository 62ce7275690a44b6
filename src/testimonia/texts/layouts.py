"""The layouts of sources, and the reader of each.

The reader of a source is chosen by looking at its text, never by its name. A new layout is a new module with a reader
and one line in `READERS`.
"""

from typing import Protocol

from testimonia.core.errors import InputError
from testimonia.core.text import Reading, TextSource
from testimonia.texts.narrative import NarrativeReader
from testimonia.texts.question_answer import QuestionAnswerReader


class LayoutReader(Protocol):
    """Reads the sources of one layout."""

    @property
    def name(self) -> str:
        """What the layout is called, in the lock too."""

    def recognises(self, text: str) -> bool:
        """Tell whether the text has the marks of this layout."""

    def read(self, source: TextSource) -> Reading:
        """Return the reading of a source that it recognises; InputError names every place it cannot make sense of."""


READERS: tuple[LayoutReader, ...] = (QuestionAnswerReader(), NarrativeReader())
"""All readers; a text must be recognised by exactly one."""


def get_reader(source: TextSource, readers: tuple[LayoutReader, ...] = READERS) -> LayoutReader:
    r"""Return the one reader that recognises a source; InputError when none or several do.

    >>> get_reader(TextSource("a.txt", "", "VALDORIA: ‘A title’\nIntroduction.\nWhy?\nSo.")).name
    'question-answer'
    """
    fitting = [r for r in readers if r.recognises(source.text)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        found = "laid out as " + " and ".join(r.name for r in fitting) + " at once"
        raise InputError.at(source.name, "layout-unknown", found=found, expected="one layout", fix="Split the file")
    known = ", ".join(r.name for r in readers)
    fix = "Nothing of it can be cited until its layout has a reader; the other texts are not touched by this"
    raise InputError.at(source.name, "layout-unknown", found="no reader knows this layout", expected=known, fix=fix)

"""Reading a folder: every text by the reader that recognises it; an unknown layout is listed and stops nothing."""

from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.text import Reading, TextSource
from testimonia.texts.facts import find_facts
from testimonia.texts.layouts import READERS, get_reader
from testimonia.texts.reading import read_texts

GOOD = "VALDORIA: ‘A title’\nLantern Review speaks with Dr Mira Solen, of the archive.\nWhy?\nSo it is.\n"


class Story:
    """A second layout, for the tests only."""

    name = "story"

    def recognises(self, text: str) -> bool:
        return text.startswith("Once")

    def read(self, source: TextSource) -> Reading:
        return Reading(source, self.name, (), ())


def test_unknown_layouts_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Once there was a story.", "utf-8")
    (tmp_path / "b.txt").write_text(GOOD, "utf-8")
    found = read_texts(tmp_path)
    assert found.readings.keys() == {"b.txt"}
    (problem,) = found.unread
    assert (problem.file, problem.found) == ("a.txt", "no reader knows this layout")
    assert not read_texts(tmp_path, (*READERS, Story())).unread


def test_problems_of_all_recognised_texts_come_together(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("VALDORIA: ‘A title’\nWhy?\nSo.\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_texts(tmp_path)
    assert [p.file for p in caught.value.findings] == ["a.txt", "b.txt"]


def test_two_readers_for_one_text_are_an_error() -> None:
    with pytest.raises(InputError, match=r"laid out as story and story at once.*\[layout-unknown\]"):
        get_reader(TextSource("a.txt", "", "Once."), (Story(), Story()))


def test_facts(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(GOOD + "Civic space in Valdoria is rated as ‘closed’ by theBarometer.\n", "utf-8")
    facts = find_facts(read_texts(tmp_path).readings["b.txt"].interviews[0])
    assert (facts.reference, facts.country, facts.headline) == ("b.txt#1", "VALDORIA", "A title")
    assert (facts.people, facts.questions, facts.words, facts.rating) == (("Dr Mira Solen",), 1, 27, "closed")

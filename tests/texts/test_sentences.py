"""Sentences: where they end, one case a line, `|` for a space between two of them, `¦` for none."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.texts.sentences import split_sentences

CASES = (Path(__file__).resolve().parents[1] / "cases" / "texts" / "sentences.txt").read_text("utf-8").splitlines()


def test_cases_are_found() -> None:
    assert len(CASES) == 16


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_they_should(case: str) -> None:
    parts = re.split("[|¦]", case)
    text = case.replace("|", " ").replace("¦", "")
    assert [text[a:b] for a, b in split_sentences(text)] == parts


def test_a_line_break_always_ends_a_sentence() -> None:
    text = "No stop here\nnor here\r\n"
    assert [text[a:b] for a, b in split_sentences(text)] == ["No stop here", "nor here"]


def test_only_the_stretch_that_is_asked_for() -> None:
    text = "One. Two. Three."
    assert [text[a:b] for a, b in split_sentences(text, 5, 9)] == ["Two."]


@given(st.text("aA.?!’ \n\u0301…", max_size=60))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    words = "".join(text[a:b] for a, b in spans)
    assert "".join(words.split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))

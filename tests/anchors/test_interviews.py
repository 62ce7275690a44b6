"""The interviews themselves, where they are at hand: every sentence has a cue that leads back to it."""

from pathlib import Path

import pytest

from testimonia.anchors.cues import resolve_cue
from testimonia.anchors.shortest import count_cue_words, find_shortest_cue
from testimonia.model.evidence import Passage
from testimonia.texts.reading import read_texts
from testimonia.texts.sentences import split_sentences

pytestmark = pytest.mark.texts


def test_the_shortest_cue_of_every_sentence_leads_back_to_it(texts: Path) -> None:
    (reading,) = read_texts(texts).readings.values()
    sentences = words = 0
    for interview in reading.interviews:
        for turn in interview.turns:
            for start, end in split_sentences(reading.source.text, turn.start, turn.end):
                cue = find_shortest_cue(interview, turn.number, start, end)
                assert cue is not None
                outcome = resolve_cue(interview, cue)
                assert isinstance(outcome, Passage)
                assert (outcome.turn, outcome.start, outcome.end) == (turn.number, start, end)
                sentences += 1
                words += count_cue_words(cue)
    assert sentences == 547
    assert words / sentences < 2.5

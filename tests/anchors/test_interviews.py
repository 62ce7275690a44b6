"""The interviews themselves, where they are at hand: every sentence has a cue that leads back to it."""

from pathlib import Path

import pytest

from testimonia.anchors.cues import resolve_cue
from testimonia.anchors.shortest import count_cue_words, find_shortest_cue
from testimonia.core.evidence import Passage
from testimonia.texts.reading import read_texts
from testimonia.texts.sentences import split_sentences

pytestmark = pytest.mark.texts


@pytest.mark.parametrize(("layout", "count", "without"), [("question-answer", 547, 0), ("narrative", 108, 1)])
def test_the_shortest_cue_of_every_sentence_leads_back_to_it(
    texts: Path, layout: str, count: int, without: int
) -> None:
    """One sentence of the article holds its own first words again, so that no cue fits the whole of it."""
    reading = next(r for r in read_texts(texts).readings.values() if r.layout == layout)
    sentences = words = 0
    for interview in reading.interviews:
        for turn in interview.turns:
            for start, end in split_sentences(reading.source.text, turn.start, turn.end):
                cue = find_shortest_cue(interview, turn.number, start, end)
                sentences += 1
                if cue is None:
                    without -= 1
                    continue
                outcome = resolve_cue(interview, cue)
                assert isinstance(outcome, Passage)
                assert (outcome.turn, outcome.start, outcome.end) == (turn.number, start, end)
                words += count_cue_words(cue)
    assert (sentences, without) == (count, 0)
    assert words / sentences < 2.5

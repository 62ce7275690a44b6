"""The house gets no denser: each room and page keeps within its figures in `limits.toml`, which only ever fall."""

import pytest

from .measure import Figures, find_sentences, measure_pages, measure_rooms, read_limits

ROOMS = measure_rooms()
LIMITS = read_limits()
RUN = "it got better: run python -m tests.house.measure, and commit tests/house/limits.toml"


def test_every_room_and_page_has_limits() -> None:
    assert LIMITS["rooms"].keys() == ROOMS.keys()
    assert LIMITS["pages"]["words-a-sentence"].keys() == measure_pages().keys()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_keeps_within_its_limits(room: str) -> None:
    check(ROOMS[room], LIMITS["rooms"][room])


def test_pages_keep_within_their_limits() -> None:
    check(measure_pages(), LIMITS["pages"]["words-a-sentence"])


def check(measured: Figures, limits: Figures) -> None:
    """Nothing above its limit, and no limit so far above what is measured that the next could undo what was gained."""
    assert not {name: value for name, value in measured.items() if value > limits[name]}
    assert not {name: limits[name] for name, value in measured.items() if value < 0.9 * limits[name] - 0.5}, RUN


def test_what_counts_as_a_sentence() -> None:
    assert find_sentences("One is here. Two are `not (x.y)` there!\n\n```\ncode it is\n```\n| a | b |\n") == [3, 4]

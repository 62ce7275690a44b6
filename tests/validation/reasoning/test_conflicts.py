"""The search for conflicts, with a test of its own instead of a reasoner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.validation.reasoning.conflicts import BudgetError, Search


@given(st.sets(st.integers(0, 99), min_size=1, max_size=6))
def test_exactly_the_clashing_parts_are_found(clash: set[int]) -> None:
    search = Search(lambda chosen: not clash <= set(chosen), budget=1000)
    assert search.find_conflict(range(100)) == sorted(clash)


@given(st.lists(st.sets(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_found_is_a_clash_and_no_part_of_it_can_go(clashes: list[set[int]]) -> None:
    def test(chosen: object) -> bool:
        return not any(clash <= set(chosen) for clash in clashes)  # type: ignore[call-overload]

    found = Search(test, budget=1000).find_conflict(range(31))
    assert not test(found)
    assert all(test(set(found) - {part}) for part in found)


def test_two_of_a_thousand_take_few_tests() -> None:
    search = Search(lambda chosen: not {100, 900} <= set(chosen), budget=50)
    assert search.find_conflict(range(1000)) == [100, 900]


def test_the_budget_is_a_limit() -> None:
    search = Search(lambda chosen: not {100, 900} <= set(chosen), budget=5)
    with pytest.raises(BudgetError):
        search.find_conflict(range(1000))
    assert search.budget == 0

"""The few statements that suffice for a contradiction.

Whatever the parts are, and whatever tells whether some of them are consistent; each question put to it is counted, so
that the search stays bounded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Test = Callable[[Sequence[int]], bool]
"""Tells whether the parts with these numbers are consistent, together with what is always there."""


class BudgetError(Exception):
    """The search may ask no more."""


@dataclass(slots=True)
class Search:
    """A search for conflicts among numbered parts (QuickXplain: Junker, AAAI 2004) with a bounded number of tests."""

    test: Test
    budget: int

    def find_conflict(self, parts: Sequence[int]) -> list[int]:
        """Return the fewest parts that are inconsistent: leave any one of them out, and what remains is consistent.

        `parts` must be inconsistent together. BudgetError when the tests do not suffice.

        >>> Search(lambda chosen: not {3, 70} <= set(chosen), budget=100).find_conflict(range(100))
        [3, 70]
        """
        return sorted(self._explain([], False, list(parts)))

    def _explain(self, given: list[int], changed: bool, parts: list[int]) -> list[int]:
        """Return what of `parts` is needed for a conflict with `given`; `changed`: `given` was enlarged just now."""
        if changed and not self._is_consistent(given):
            return []
        if len(parts) == 1:
            return parts
        half = len(parts) // 2
        left, right = parts[:half], parts[half:]
        from_right = self._explain([*given, *left], bool(left), right)
        from_left = self._explain([*given, *from_right], bool(from_right), left)
        return from_left + from_right

    def _is_consistent(self, parts: list[int]) -> bool:
        if self.budget <= 0:
            raise BudgetError
        self.budget -= 1
        return self.test(parts)

"""Stretches of a text by their offsets."""

from collections.abc import Iterable

Offsets = tuple[int, int]
"""First code point and the one behind the last."""


def overlaps(span: Offsets, others: Iterable[Offsets]) -> bool:
    """Tell whether a stretch has a code point in common with any other.

    >>> overlaps((0, 2), [(1, 3)]), overlaps((0, 2), [(2, 3)])
    (True, False)
    """
    return any(start < span[1] and span[0] < end for start, end in others)

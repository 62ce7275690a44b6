"""Blocking: an index of our names that picks the few worth comparing with a name of theirs.

Only ours are held in memory. A name of theirs costs as many look-ups as it has words, so the time is in proportion to
their data.
"""

import math
from collections import defaultdict
from collections.abc import Sequence

from testimonia.linking.names import ComparedName, list_shorter, parse_name
from testimonia.linking.profile import Profile

MOST = 12
"""So many entities of ours are compared with one of theirs, those that share the rarest words."""
_COMMON = 0.03
"""A word in more than this share of our names (with at least `_FEW` of them) does not lead to any by itself."""
_FEW = 40
_SHARE = 0.5
"""So much of the weight of one of the two names has to be shared, and half as much of the other's."""


class NameIndex:
    """Our names by the skeletons of their words and of the whole."""

    def __init__(self, ours: Sequence[Profile]) -> None:
        self.names: list[ComparedName] = []
        self.owners: list[int] = []
        for number, profile in enumerate(ours):
            for text in profile.names:
                self.names.append(parse_name(text))
                self.owners.append(number)
        self.by_whole: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        shorter: dict[str, set[str]] = defaultdict(set)
        for place, name in enumerate(self.names):
            self.by_whole[name.skeleton].append(place)
            for skeleton in set(name.skeletons):
                self.by_word[skeleton].append(place)
        for skeleton in self.by_word:
            for less in list_shorter(skeleton):
                shorter[less].add(skeleton)
        self.near = {less: sorted(found) for less, found in shorter.items()}
        owners = {skeleton: len({self.owners[p] for p in places}) for skeleton, places in self.by_word.items()}
        self.weights = {skeleton: math.log(1 + len(ours) / count) for skeleton, count in owners.items()}
        self.unknown = math.log(1 + len(ours))
        most = max(_FEW, int(len(ours) * _COMMON))
        self.common = {skeleton for skeleton, count in owners.items() if count > most}
        self.totals = [self.weigh(name) for name in self.names]

    def weigh(self, name: ComparedName) -> float:
        """Return the weight of a name: rare words weigh more."""
        return sum(self.weights.get(skeleton, self.unknown) for skeleton in set(name.skeletons))

    def find(self, name: ComparedName) -> dict[int, list[ComparedName]]:
        """Return entity (its number) → those of its names that are worth comparing with this one."""
        shared: dict[int, float] = defaultdict(float)
        for skeleton in set(name.skeletons):
            for known, part in self.find_words(skeleton):
                for place in self.by_word[known] if known not in self.common else ():
                    shared[place] += self.weights[known] * part
        own = self.weigh(name)
        good = {
            place: weight
            for place, weight in shared.items()
            if weight >= _SHARE * min(own, self.totals[place]) and weight >= _SHARE / 2 * max(own, self.totals[place])
        }
        for place in self.by_whole.get(name.skeleton, ()):
            good[place] = max(good.get(place, 0.0), self.totals[place])
        best = sorted(good, key=lambda place: (-good[place] / max(self.totals[place], own), place))
        found: dict[int, list[ComparedName]] = {}
        for place in best:
            if self.owners[place] in found or len(found) < MOST:
                found.setdefault(self.owners[place], []).append(self.names[place])
        return found

    def find_words(self, skeleton: str) -> list[tuple[str, float]]:
        """Return the skeletons of ours that a word of theirs is, or from which it differs by one consonant."""
        if skeleton in self.by_word:
            return [(skeleton, 1.0)]
        near = set(self.near.get(skeleton, ()))
        for less in list_shorter(skeleton):
            near.update(self.near.get(less, ()))
            if less in self.by_word and len(less) > 2:
                near.add(less)
        return [(other, 0.7) for other in sorted(near)]

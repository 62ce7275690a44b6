"""Find links that cannot all be right, and those that say the same twice, whatever files they stand in."""

from collections import defaultdict, deque
from collections.abc import Iterable

from testimonia.core.findings import Finding
from testimonia.core.link import SAME, Link


def check_contradictions(links: Iterable[Link]) -> list[Finding]:
    """Return a finding for each line that denies what a chain of other lines says: A = B, B = C, but not A = C.

    It stands at the line that denies and names every line of the shortest chain. Sameness goes both ways and on from
    one to the next, whatever file it stands in; a positive link of another kind is denied by its own contrary alone.
    """
    links = list(links)
    neighbours: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    stated: dict[tuple[str, str, str], Link] = {}
    for link in links:
        if link.is_same:
            neighbours[link.subject].append((link.object, link))
            neighbours[link.object].append((link.subject, link))
        elif not link.negated:
            stated.setdefault((link.subject, link.predicate, link.object), link)
    groups = _find_groups(neighbours)
    findings = []
    for link in links:
        if not link.negated:
            continue
        if link.predicate in SAME:
            first = groups.get(link.subject)
            joined = first is not None and first == groups.get(link.object)
            chain = _find_chain(neighbours, link.subject, link.object) if joined else []
        else:
            contrary = stated.get((link.subject, link.predicate, link.object))
            chain = [contrary] if contrary else []
        if chain:
            findings.append(_tell(link, chain))
    return findings


def check_duplicates(links: Iterable[Link]) -> list[Finding]:
    """Return a finding for each line that repeats another, with the same reason, in whatever file."""
    seen: dict[tuple[str, str, str, bool, str], Link] = {}
    findings = []
    for link in links:
        key = (link.subject, link.predicate, link.object, link.negated, link.justification)
        first = seen.setdefault(key, link)
        if first is not link:
            found = f"the same link again (first in {first.path}:{first.line})"
            findings.append(Finding.at(link, "link-twice", found=found))
    return findings


def _tell(link: Link, chain: list[Link]) -> Finding:
    said = ", ".join(f"{step.path}:{step.line}" for step in chain)
    what = "they are one" if link.predicate in SAME else "the contrary"
    verb = "says" if len(chain) == 1 else "together say"
    found = f"it is denied here, but {said} {verb} that {what}"
    if len(chain) == 1 and link.predicate not in SAME:
        found = f"it is denied here, and stated in {said}"
    return Finding.at(link, "link-contradiction", found=found)


def _find_groups(neighbours: dict[str, list[tuple[str, Link]]]) -> dict[str, int]:
    """Return thing → the number of its group: all those that are the same, by whatever chain."""
    groups: dict[str, int] = {}
    for number, start in enumerate(neighbours):
        waiting = [] if start in groups else [start]
        while waiting:
            node = waiting.pop()
            if node not in groups:
                groups[node] = number
                waiting += [other for other, _ in neighbours[node]]
    return groups


def _find_chain(neighbours: dict[str, list[tuple[str, Link]]], start: str, end: str) -> list[Link]:
    """Return the links of the shortest way from one thing to another, in the order of the way."""
    came: dict[str, tuple[str, Link] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        node = waiting.popleft()
        for other, link in neighbours[node]:
            if other not in came:
                came[other] = (node, link)
                waiting.append(other)
    chain: list[Link] = []
    step = came.get(end)
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]

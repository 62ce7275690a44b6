"""Exchange of triples between parts: what of others is in the scope of a part's nodes.

Each part is surveyed: which nodes it holds, which nodes of others its scope leads to (*requests*), and which of its
triples point at nodes of others (*offers*). The part that holds a requested node answers with what is in scope from
there; an answer may ask further. Only what crosses from part to part is kept in memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from testimonia.core.namespaces import expand
from testimonia.rdf.reading import climb
from testimonia.shacl.partitioned.parts import TripleLine
from testimonia.shacl.partitioned.shape_scope import FOCUS, ShapeScope

LinesByNode = dict[str, list[TripleLine]]
"""The triples of each subject, terms in N-Triples form."""
Requests = dict[str, set[int]]
"""Node → states of the scope in which it is looked at."""
_SUBCLASS = f"<{expand('rdfs:subClassOf')}>"


@dataclass(slots=True)
class Answer:
    """Triples in the scope of a node, and the requests to which they lead."""

    lines: set[TripleLine] = field(default_factory=set)
    requests: Requests = field(default_factory=lambda: defaultdict(set))


@dataclass(slots=True)
class Survey:
    """What a part holds and needs: digests of its nodes, requests, offers by node, subclass triples.

    `aimed` are the digests of nodes that it does not hold, and that are a target as the object of one of its triples.
    """

    digests: frozenset[int]
    requests: Requests
    offers: dict[str, Answer]
    hierarchy: list[TripleLine]
    aimed: frozenset[int]


def digest(node: str) -> int:
    """Return 64 bits that stand for a node, the same in all processes."""
    return int.from_bytes(blake2b(node.encode(), digest_size=8).digest(), "big")


def gather_nodes(lines: Iterable[TripleLine]) -> LinesByNode:
    """Return lines by their subject."""
    nodes: LinesByNode = {}
    for line in lines:
        nodes.setdefault(line[0], []).append(line)
    return nodes


class Surveyor:
    """Follows the scope through the nodes of one part."""

    def __init__(self, scope: ShapeScope, nodes: LinesByNode) -> None:
        self._steps = [{f"<{name}>": state for name, state in steps.items()} for steps in scope.steps]
        self._backwards = {f"<{name}>": state for name, state in scope.backwards.items()}
        self._aiming = {f"<{name}>" for name in scope.aiming}
        self._whole = scope.whole_nodes
        self._nodes = nodes

    def survey(self) -> Survey:
        """Return what the part holds, asks for and offers."""
        requests: Requests = defaultdict(set)
        offers: dict[str, Answer] = {}
        aimed: set[int] = set()
        seen: set[tuple[str, int]] = set()
        for node in self._nodes:
            self._follow(node, FOCUS, requests, seen)
        for lines in self._nodes.values():
            for line in lines:
                if line[1] in self._backwards and line[2] not in self._nodes:
                    self._offer(line, offers.setdefault(line[2], Answer()))
                    if line[1] in self._aiming:
                        aimed.add(digest(line[2]))
        hierarchy = [line for lines in self._nodes.values() for line in lines if line[1] == _SUBCLASS]
        return Survey(frozenset(map(digest, self._nodes)), requests, offers, hierarchy, frozenset(aimed))

    def answer(self, wanted: Mapping[str, set[int]], shared: frozenset[int]) -> dict[str, Answer]:
        """Return what is in scope from each wanted node that the part holds.

        Of nodes that several parts hold (their digests are `shared`), all is told, also what points at them.
        """
        answers: dict[str, Answer] = {}
        told = {node for node in self._nodes if digest(node) in shared} if shared else set[str]()
        for node in {*wanted, *told} & self._nodes.keys():
            answers[node] = Answer()
            states = range(len(self._steps)) if node in told else wanted[node]
            for state in states:
                self._collect(node, state, answers[node])
        if told:
            for lines in self._nodes.values():
                for line in lines:
                    if line[1] in self._backwards and line[2] in told:
                        self._offer(line, answers[line[2]])
        return answers

    def _offer(self, line: TripleLine, answer: Answer) -> None:
        answer.lines.add(line)
        self._collect(line[0], self._backwards[line[1]], answer)

    def _follow(self, node: str, state: int, requests: Requests, seen: set[tuple[str, int]]) -> None:
        """Add requests for the nodes of other parts that are in scope from a node."""
        steps = self._steps
        stack = [(node, state)]
        while stack:
            node, state = stack.pop()
            for _, name, value in self._nodes[node]:
                after = steps[state].get(name)
                if after is None or value[0] == '"' or not (steps[after] or after in self._whole):
                    continue
                if (value, after) in seen:
                    continue
                seen.add((value, after))
                if value in self._nodes:
                    stack.append((value, after))
                else:
                    requests[value].add(after)

    def _collect(self, node: str, state: int, answer: Answer) -> None:
        """Add the triples that are in scope from a node."""
        seen = {(node, state)}
        stack = [(node, state)]
        while stack:
            node, state = stack.pop()
            steps, whole = self._steps[state], state in self._whole
            for line in self._nodes[node]:
                after = steps.get(line[1])
                if after is None and not whole:
                    continue
                answer.lines.add(line)
                if after is None or line[2][0] == '"' or (line[2], after) in seen:
                    continue
                seen.add((line[2], after))
                if line[2] in self._nodes:
                    stack.append((line[2], after))
                elif self._steps[after] or after in self._whole:
                    answer.requests[line[2]].add(after)


class Exchange:
    """Routes requests to the parts that hold the nodes, and keeps the answers."""

    def __init__(self, surveys: Iterable[Survey]) -> None:
        self._holders: dict[int, list[int]] = {}
        self._needs: list[set[str]] = []
        self._given: list[set[TripleLine]] = []
        self._answers: dict[str, Answer] = {}
        self._asked: Requests = defaultdict(set)
        self._open: Requests = defaultdict(set)
        self._aimed: list[frozenset[int]] = []
        self.hierarchy: list[TripleLine] = []
        offers: dict[str, Answer] = {}
        for number, survey in enumerate(surveys):
            for node in survey.digests:
                self._holders.setdefault(node, []).append(number)
            self._needs.append(set(survey.requests))
            self._given.append(set())
            self._ask(survey.requests)
            for target, offer in survey.offers.items():
                _merge(offers.setdefault(target, Answer()), offer)
            self.hierarchy += survey.hierarchy
            self._aimed.append(survey.aimed)
        for number, aimed in enumerate(self._aimed):
            for node in aimed:  # one that no part holds is checked by the first that names it
                self._holders.setdefault(node, [number])
        self._shared = {node: held for node, held in self._holders.items() if len(held) > 1}
        self._tell = dict(self._shared)
        for target, offer in offers.items():
            self._lead_to_shared(offer)
            for number in self._holders.get(digest(target), ()):
                self._given[number] |= offer.lines
                self._needs[number] |= offer.requests.keys()
                self._ask(offer.requests)

    def take_requests(self) -> dict[int, tuple[Requests, frozenset[int]]]:
        """Return what is to be asked of each part next: nodes with states, digests of shared nodes; {} at the end."""
        wanted: dict[int, Requests] = defaultdict(dict)
        shared: dict[int, set[int]] = defaultdict(set)
        for node, states in self._open.items():
            for number in self._holders.get(digest(node), ()):
                wanted[number][node] = states
        for told, held in self._tell.items():
            for number in held:
                shared[number].add(told)
        self._open, self._tell = defaultdict(set), {}
        return {n: (wanted.get(n, {}), frozenset(shared.get(n, ()))) for n in sorted({*wanted, *shared})}

    def add_answers(self, answers: Mapping[str, Answer]) -> None:
        """Add the answers of a part."""
        for node, answer in answers.items():
            self._lead_to_shared(answer)
            _merge(self._answers.setdefault(node, Answer()), answer)
            self._ask(answer.requests)
            for number in self._shared.get(digest(node), ()):
                self._needs[number].add(node)

    def get_cross_part(self, number: int) -> set[TripleLine]:
        """Return the triples of other parts that a part needs, when all requests have been answered."""
        lines = set(self._given[number])
        for node in climb(self._needs[number], lambda node: self._answers.get(node, Answer()).requests):
            lines |= self._answers.get(node, Answer()).lines
        return lines

    def get_others(self, number: int) -> frozenset[int]:
        """Return the digests of a part's nodes that another part is to check."""
        aimed = (node for node in self._aimed[number] if self._holders[node][0] != number)
        return frozenset((*(node for node, held in self._shared.items() if number in held[1:]), *aimed))

    def _lead_to_shared(self, answer: Answer) -> None:
        """Add requests to an answer for the nodes in it that several parts hold."""
        if self._shared:
            for subject, _, value in answer.lines:
                for node in (subject, value):
                    if digest(node) in self._shared:
                        answer.requests.setdefault(node, set())

    def _ask(self, requests: Mapping[str, set[int]]) -> None:
        for node, states in requests.items():
            if new := states - self._asked[node]:
                self._asked[node] |= new
                self._open[node] |= new


def _merge(answer: Answer, other: Answer) -> None:
    answer.lines |= other.lines
    for node, states in other.requests.items():
        answer.requests[node] |= states

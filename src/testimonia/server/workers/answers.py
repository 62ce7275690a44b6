"""A least-recently-used cache of small answers.

The key is the task alone, since the graph of a pool never changes.
"""

from collections import OrderedDict

from testimonia.server.workers.limits import MIB
from testimonia.server.workers.messages import Outcome, Reply, Task

LARGEST = 64 * 1024
"""The most bytes of an entry: an answer with its query."""

MOST = 16 * MIB
"""The most bytes of all entries."""

_BESIDES = 1024


class AnswerCache:
    """The answers used last; those not used for longest are evicted."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Task, Reply] = OrderedDict()
        self._size = 0

    def find(self, task: Task) -> Reply | None:
        """Return the answer to a task; None when it is not in the cache."""
        reply = self._kept.get(task)
        if reply is not None:
            self._kept.move_to_end(task)
        return reply

    def keep(self, task: Task, reply: Reply) -> None:
        """Store an answer, if it is small and would be the same again.

        >>> answers, again = AnswerCache(), Task("ASK {}")
        >>> answers.keep(again, Reply(Outcome.DONE, "text/csv", body=b"true", cacheable=True))
        >>> answers.find(again).body, answers.find(Task("ASK { ?s ?p ?o }"))
        (b'true', None)
        """
        size = _measure(task, reply)
        if reply.outcome is not Outcome.DONE or not reply.cacheable or size > LARGEST or task in self._kept:
            return
        self._kept[task] = reply
        self._size += size
        while self._size > self._most:
            self._size -= _measure(*self._kept.popitem(last=False))


def _measure(task: Task, reply: Reply) -> int:
    """Return roughly the bytes that a task and its answer take; a character of a query counts as four."""
    names = sum(map(len, (*task.default, *task.named)))
    return len(reply.body) + 4 * (len(task.query) + len(task.base) + names) + _BESIDES

"""AnswerCache that are kept: which are, which make way, and that what changes each time is never kept."""

import pyoxigraph as ox
import pytest

from testimonia.server.workers.answering import answer_task
from testimonia.server.workers.answers import LARGEST, AnswerCache
from testimonia.server.workers.messages import Outcome, Reply, Task


def make_reply(size: int = 10, *, cacheable: bool = True, outcome: Outcome = Outcome.DONE) -> Reply:
    return Reply(outcome, "text/csv", body=b"a" * size, cacheable=cacheable)


def test_an_answer_is_found_by_all_of_its_task() -> None:
    answers, task = AnswerCache(), Task("ASK {}")
    answers.keep(task, make_reply())
    assert answers.find(Task("ASK {}")) == make_reply()
    for other in (Task("ASK { }"), Task("ASK {}", tabular="text/csv"), Task("ASK {}", base="x:")):
        assert answers.find(other) is None
    for other in (Task("ASK {}", default=("x:a",)), Task("ASK {}", named=("x:a",)), Task("ASK {}", graph="")):
        assert answers.find(other) is None


@pytest.mark.parametrize(
    "reply", [make_reply(LARGEST), make_reply(cacheable=False), make_reply(outcome=Outcome.REFUSED)]
)
def test_what_is_not_kept(reply: Reply) -> None:
    answers, task = AnswerCache(), Task("ASK {}")
    answers.keep(task, reply)
    assert answers.find(task) is None


def test_what_was_not_asked_for_longest_makes_way() -> None:
    answers, tasks = AnswerCache(most=4000), [Task(f"ASK {{ {n} }}") for n in range(4)]
    for task in tasks[:3]:
        answers.keep(task, make_reply())
    assert answers.find(tasks[0])
    answers.keep(tasks[3], make_reply())
    assert [answers.find(task) is not None for task in tasks] == [True, False, True, True]


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "rand()"])
def test_what_changes_each_time_does_not_last(function: str) -> None:
    reply = answer_task(ox.Store(), set(), Task(f"SELECT ({function} AS ?x) {{ }}"), 10_000)
    assert (reply.outcome, reply.cacheable) == (Outcome.DONE, False)


def test_what_is_the_same_each_time_lasts() -> None:
    task = Task("SELECT (STR(?now) AS ?rand) { BIND('NOW()' AS ?now) } # UUID()")
    assert answer_task(ox.Store(), set(), task, 10_000).cacheable

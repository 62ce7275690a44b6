"""The limits on duration, size and number of queries."""

import os
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a pool of workers.

    `seconds` that a query may run; `short` seconds of processor time after which it counts as long; `memory` of a
    worker besides the graph, and `answer`, in bytes; `workers` short queries at once, `long` long ones; `waiting`
    queries in each of the two queues, each for at most `patience` seconds.
    """

    seconds: float = 30.0
    short: float = 0.25
    memory: int = 1024 * MIB
    answer: int = 64 * MIB
    workers: int = field(default_factory=lambda: max(4, os.cpu_count() or 1))
    long: int = 4
    waiting: int = 64
    patience: float = 10.0

"""Limits: how long, how large and how many queries may be."""

import os
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What no query may go beyond.

    `seconds` a query may run; `short` seconds of processor time after which it counts as long; `memory` and `answer`
    in bytes, the memory of a worker beside the graph and one answer; `workers` short queries at once, `long` long
    ones, `waiting` queries in each of the two lines, each for at most `patience` seconds.
    """

    seconds: float = 30.0
    short: float = 0.25
    memory: int = 1024 * MIB
    answer: int = 64 * MIB
    workers: int = field(default_factory=lambda: max(4, os.cpu_count() or 1))
    long: int = 4
    waiting: int = 64
    patience: float = 10.0

"""The program run in process, as tests see it."""

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from testimonia.cli import main


class Outcome(NamedTuple):
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Both streams as one text."""
        return self.out + self.err

    @property
    def merged(self) -> tuple[int, str]:
        """The exit code, and both streams as one text."""
        return self.code, self.said


Run = Callable[..., Outcome]


def run_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[object, ...]
) -> Outcome:
    """Run the program with these arguments."""
    monkeypatch.setattr(sys, "argv", ["testimonia", *map(str, arguments)])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    return Outcome(code, *capsys.readouterr())

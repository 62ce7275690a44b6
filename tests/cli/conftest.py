"""The program run in process, as a user calls it."""

import sys
from collections.abc import Callable

import pytest

from testimonia.cli import main
from testimonia.inspection import layers
from testimonia.validation.layers import Layer

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program; gives (exit code, standard output, standard error)."""
    monkeypatch.delenv("TESTIMONIA_TEXTS", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["testimonia", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture(autouse=True)
def without_reasoner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra [reason] is not installed, but for the tests that are about it: HermiT takes its time."""
    if request.node.get_closest_marker("reason"):
        return

    def refuse(*_: object) -> None:
        raise layers.MissingError("reasoning needs the extra [reason], which is not installed here")

    monkeypatch.setitem(layers._CHECKS, Layer.OWL, refuse)

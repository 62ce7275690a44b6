"""The command coverage: the table, what is open with its cue, no testimony unless asked for, exit codes."""

from pathlib import Path

import pytest
from tests.programs import Outcome, Run, run_program

from testimonia.core.layout import Layout
from testimonia.records.reasons import REASONS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(example: Layout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("TESTIMONIA_TEXTS", raising=False)

    def call(*words: str, texts: bool = True) -> Outcome:
        folder = ("--texts", example.root / "texts") if texts else ()
        return run_program(monkeypatch, capsys, (*words, "--project", example.root, *folder))

    return call


@pytest.fixture
def opened(example: Layout) -> Layout:
    """The example with a number, a name and a sentence that nothing accounts for."""
    path = example.records / "val-dale.yaml"
    text = path.read_text("utf-8").replace("held: 48 hours", "held: 49 hours")
    text = text.replace("name: Óren Dale}", "name: Oren Dale}").replace('quote: "The … them."', 'quote: "The … own;"')
    path.write_text(text, "utf-8")
    return example


def test_all_accounted_for(run: Run) -> None:
    code, printed, _ = run("coverage")
    assert code == 0
    assert all(len(line) <= 80 for line in printed.splitlines())
    assert "val-dale: all accounted for" in printed
    assert "val-solen: all accounted for" in printed
    assert run("coverage", "val-solen")[1].count("all accounted for") == 1


def test_what_is_open(run: Run, opened: Layout) -> None:
    assert opened
    code, printed, _ = run("coverage", "val-dale")
    assert code == 1
    assert "lantern.txt:29 3298–3354 interviewee: open: numeral 3317–3319\n" in printed
    assert '\n  quote: "They … charge."\n' in printed
    assert "editor: open: sentence, name " in printed
    assert '\n  speaker: editor\n  quote: "The … them."\n' in printed
    assert "were held for" not in printed
    code, printed, _ = run("coverage", "val-dale", "--show-text")
    assert "numeral 3317–3319 “48”" in printed
    assert "They were held for 48 hours" in printed


def test_fail_under(run: Run, opened: Layout) -> None:
    assert opened
    assert run("coverage", "--fail-under", "80")[0] == 0
    assert run("coverage", "--fail-under", "99.9")[0] == 1


def test_bad_input(run: Run, example: Layout) -> None:
    code, _, error = run("coverage", "val-solem")
    assert code == 2
    assert 'no record "val-solem"' in error
    assert run("coverage", texts=False)[0] == 2
    path = example.records / "val-dale.yaml"
    path.write_text(path.read_text("utf-8").replace("reason: disclaimer", "reason: boring"), "utf-8")
    assert run("coverage")[0] == 2


def test_every_reason_is_explained() -> None:
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    assert not [line for line in (f"| `{r}` | {text} |" for r, text in REASONS.items()) if line not in page]

"""The invented testimony of which much is withheld, as a data set to play with, and the program run over it."""

import shutil
from pathlib import Path

import pytest
import yaml
from tests.programs import Outcome, Run, run_program

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "tests" / "cases" / "safety"


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    """A folder with `data` (the repository), `texts` and `private` beside it."""
    root = tmp_path / "x"
    shutil.copytree(CASE / "mappings", root / "data" / "mappings")
    shutil.copytree(CASE / "texts", root / "texts")
    shutil.copytree(CASE / "private", root / "private")
    (root / "data" / "queries" / "questions").mkdir(parents=True)
    for question in ("what-happened", "figures", "exile-and-relocation", "timeline"):
        shutil.copy(ROOT / "queries" / "questions" / f"{question}.rq", root / "data" / "queries" / "questions")
    return root


@pytest.fixture
def run(quay: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in process on the data set."""
    monkeypatch.delenv("TESTIMONIA_TEXTS", raising=False)
    monkeypatch.delenv("TESTIMONIA_PRIVATE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str, texts: bool = False, private: bool = False, project: bool = True) -> Outcome:
        given = ["--project", str(quay / "data")] if project else []
        given += ["--texts", str(quay / "texts")] if texts else []
        given += ["--private", str(quay / "private")] if private else []
        return run_program(monkeypatch, capsys, (*arguments, *given))

    return call


@pytest.fixture(scope="session")
def withheld() -> dict[str, list[str]]:
    """What may be read nowhere: names, texts, passages."""
    found: dict[str, list[str]] = yaml.safe_load((CASE / "withheld.yaml").read_text("utf-8"))
    return found

"""The page "Merging with data of others", followed word for word over the lantern and an invented harbour office."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from testimonia.cli import main
from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, lock_project, read_project, write_graph

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "merging.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [shlex.split(line)[1:] for language, text in BLOCKS if not language for line in text.splitlines()]
OURS, THEIRS = "https://example.org/lantern/graph/entities", "https://example.org/lantern/merged/harbour"


@pytest.fixture
def followed(example: Layout, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lantern, built, with what the page begins with, as the current folder."""
    project = read_project(example)
    write_graph(example.graph, build_project(project, lock_project(project, example.root / "texts")))
    shutil.copytree(ROOT / "queries", example.root / "queries")
    shutil.copy(ROOT / "tests" / "cases" / "sources" / "good" / "harbour.ttl", example.root)
    (query,) = (text for language, text in BLOCKS if language == "sparql")
    (example.root / "who-says.rq").write_text(query)
    monkeypatch.chdir(example.root)
    monkeypatch.setenv("COLUMNS", "200")
    return example.root


def test_the_page_does_what_it_says(
    followed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(followed.rglob("*"))
    said: dict[str, str] = {}
    for words in COMMANDS:
        if words[0] == "serve":
            continue
        monkeypatch.setattr(sys, "argv", ["testimonia", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert not stopped.value.code, words
        said[" ".join(words)] = capsys.readouterr().out
    assert len(said) == 7
    (shown,) = (text for language, text in BLOCKS if language == "text")
    assert said["merge show harbour"].startswith(shown)
    asked = "query who-says.rq --workspace workspace"
    assert OURS in said[asked]
    assert THEIRS in said[asked]
    assert OURS in said[f"{asked} --without harbour"]
    assert THEIRS not in said[f"{asked} --without harbour"]
    assert sorted(followed.rglob("*")) == before

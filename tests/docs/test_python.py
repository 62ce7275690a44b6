"""The page "From Python": all its code in its order, over the graph of Valdoria, and what it prints.

`python tests/docs/test_python.py` writes what is printed into the page.
"""

import io
import os
import re
import shutil
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python.md"
CODE = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def make_data_set(folder: Path) -> None:
    """A data set that holds nothing but settings, questions and the graph of Valdoria."""
    shutil.copytree(ROOT / "queries", folder / "queries")
    for name in ("mappings", "graph"):
        (folder / name).mkdir(parents=True)
    (folder / "mappings" / "dataset.yaml").write_text("base: https://example.org/valdoria/\n")
    cases = ROOT / "tests" / "cases" / "questions"
    quads = ox.parse(path=str(cases / "valdoria.trig"), format=ox.RdfFormat.TRIG)
    (folder / "graph" / "all.nq").write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")


def run_page(text: str) -> list[str]:
    """What each block of code prints, run one after the other in the folder of the data set."""
    names: dict[str, object] = {"__name__": "page"}
    printed = []
    for match in CODE.finditer(text):
        out = io.StringIO()
        with redirect_stdout(out):
            exec(compile(match[1], PAGE.name, "exec"), names)
        printed.append("".join(line.rstrip() + "\n" for line in out.getvalue().splitlines()))
    return printed


def test_the_page_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "valdoria"
    make_data_set(folder)
    monkeypatch.chdir(folder)
    text = PAGE.read_text("utf-8")
    shown = [match[2] or "" for match in CODE.finditer(text)]
    assert len(shown) == text.count("```python") >= 10
    assert run_page(text) == shown


def test_the_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (printed,) = run_page((ROOT / "README.md").read_text("utf-8"))
    assert printed.count("\n") >= 20
    assert "#" in printed.split(maxsplit=1)[0]


def write_page() -> None:
    """Write the page anew with what its code prints now."""
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "valdoria"
        make_data_set(folder)
        os.chdir(folder)
        printed = iter(run_page(text))
        os.chdir(ROOT)

    def fill(match: re.Match[str]) -> str:
        said = next(printed)
        return f"```python\n{match[1]}```\n" + (f"\n```text\n{said}```\n" if said else "")

    PAGE.write_text(CODE.sub(fill, text), "utf-8")


if __name__ == "__main__":
    write_page()

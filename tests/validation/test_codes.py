"""The catalogue of codes: each example of it that can be tried gives its code, and the good one does not."""

from pathlib import Path

import pytest

from testimonia.build.project import read_locked_project
from testimonia.errors import InputError
from testimonia.layout import Layout
from testimonia.validation.codes import Code, read_codes

CODES = read_codes()
TRIED = [code for code in CODES.values() if code.file]


def test_there_are_examples_to_try() -> None:
    assert len(TRIED) >= 50


@pytest.mark.parametrize("code", TRIED, ids=lambda code: code.name)
def test_the_bad_example_gives_the_code(code: Code, example: Layout, narrative: Layout) -> None:
    name, _, path = code.file.partition("/")
    layout = {"lantern": example, "heron": narrative}[name]
    texts = layout.root / "texts" if code.texts else None
    read_locked_project(layout, texts)
    file: Path = layout.root / path
    before = file.read_text("utf-8")
    assert before.count(code.good) == 1, "the good example stands once in the file"
    file.write_text(before.replace(code.good, code.bad), "utf-8")
    with pytest.raises(InputError) as raised:
        read_locked_project(layout, texts, relock=code.texts)
    assert code.name in {problem.code for problem in raised.value.problems}, str(raised.value)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_an_entry_is_whole(code: Code) -> None:
    assert code.wanted
    assert code.why.endswith(".")
    assert code.good != code.bad
    assert code.bad or code.file, "only what is taken out of a file may be empty"

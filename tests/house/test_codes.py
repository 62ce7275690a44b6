"""The house: every problem of the package has a code, written as one word where the problem is made."""

import ast
import re
from pathlib import Path

import pytest

from testimonia.anchors.misfits import Reason
from testimonia.iris import SLUG
from testimonia.validation.codes import read_codes

SRC = Path(__file__).resolve().parents[2] / "src"
TESTS = Path(__file__).resolve().parents[1]
SHOWN = re.compile(r"""(?:\[|"|, )([a-z]+(?:-[a-z0-9]+)+)(?=[\]",\\])""")  # [code], "code", [code, code]
MODULES = sorted(SRC.rglob("*.py"))
MAKERS = {"Problem", "report", "_report", "_place"}


def find_calls(path: Path) -> list[ast.Call]:
    """The calls that make a problem, straight or through the module's own short form."""
    text = path.read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [c for c in calls if getattr(c.func, "id", getattr(c.func, "attr", "")) in MAKERS]


def find_codes(path: Path) -> set[str]:
    codes: set[str] = set()
    for call in find_calls(path):
        given = [k.value for k in call.keywords if k.arg == "code"]
        assert given, f"{path}:{call.lineno}: a problem without a code"
        (code,) = given
        if isinstance(code, ast.Constant):
            assert isinstance(code.value, str)
            assert SLUG.fullmatch(code.value), f"{path}:{call.lineno}: {code.value!r}"
            codes.add(code.value)
    return codes


def test_there_are_problems() -> None:
    assert sum(len(find_calls(path)) for path in MODULES) > 190


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SRC).as_posix())
def test_every_problem_has_a_code(path: Path) -> None:
    find_codes(path)


def test_the_catalogue_has_every_code_and_no_other() -> None:
    made = {code for path in MODULES for code in find_codes(path)} | {reason.value for reason in Reason}
    assert made == read_codes().keys()


def test_every_code_is_reached_by_a_test() -> None:
    tried = {code.name for code in read_codes().values() if code.file}
    for path in TESTS.rglob("*"):
        if path.suffix in {".py", ".txt", ".yaml"} and path != Path(__file__):
            tried |= set(SHOWN.findall(path.read_text("utf-8")))
    assert sorted(read_codes().keys() - tried) == []

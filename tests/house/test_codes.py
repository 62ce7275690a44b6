"""The house: every problem has a code, every finding a rule that can be explained, and every code is seen by a test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from testimonia.anchors.cue_errors import Reason
from testimonia.core.codes import read_codes, read_rules
from testimonia.core.iris import SLUG
from testimonia.core.layout import find_model_root
from testimonia.validation.queries import read_checks

SRC = Path(__file__).resolve().parents[2] / "src" / "testimonia"
TESTS = Path(__file__).resolve().parents[1]
MODULES = sorted(SRC.rglob("*.py"))
NAMED = re.compile(r"\\?\[([a-z]+(?:-[a-z0-9]+)+)\\?\]")
"""The end of a line about a problem: `[code]`, in a pattern `\\[code\\]`."""
MAKERS = {"at", "on", "report"}
"""What makes a finding: `Finding.at` and `Finding.on`, and the methods that add one to others."""


def find_calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """The calls of functions and methods of some names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            yield node


def find_codes(path: Path) -> set[str]:
    """The codes that a module gives to `Finding.at`, directly or by a method that passes them on."""
    given = (arg for call in find_calls(path, *MAKERS) for arg in call.args[:2])
    words = {arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return {word for word in words if SLUG.fullmatch(word)}


def find_words(path: Path) -> set[str]:
    """The words of a module that have the form of a code."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {word for word in words if SLUG.fullmatch(word)}


def test_there_are_findings_about_files() -> None:
    assert sum(len(list(find_calls(path, *MAKERS))) for path in MODULES) > 190


def test_the_catalogue_has_every_code_and_no_other() -> None:
    made = {code for path in MODULES for code in find_codes(path)} | {reason.value for reason in Reason}
    assigned = {"remote-context"}
    assert made | assigned >= read_codes().keys()
    assert made <= read_codes().keys() | read_rules().keys()


def test_no_code_stands_twice_in_the_catalogue() -> None:
    text = (SRC / "core" / "codes.yaml").read_text("utf-8")
    assert len(re.findall(r"^[a-z0-9-]+:$", text, re.MULTILINE)) == len(read_codes())


def test_only_findings_are_findings() -> None:
    """One type for what is wrong: no other class has both a rule and what was found."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in {"Finding", "Wording"}:
                fields = {
                    f.target.id for f in node.body if isinstance(f, ast.AnnAssign) and isinstance(f.target, ast.Name)
                }
                assert not {"found", "fix"} <= fields, f"{path}: {node.name}"


def test_the_catalogue_has_every_rule_and_no_other() -> None:
    """A rule of the graph stands in the module that finds it; each word there that looks like a rule is one."""
    ruled = [path for path in (SRC / "validation").glob("*.py") if any(find_calls(path, "on"))]
    words = {word for path in (SRC / "validation").glob("*.py") for word in find_words(path)}
    assert read_rules().keys() <= words
    hyphened = {word for path in ruled for word in find_words(path) if "-" in word}
    assert hyphened - read_codes().keys() - {"utf-8"} <= read_rules().keys()


def test_a_name_means_one_rule() -> None:
    checks = {check.slug for check in read_checks(find_model_root() / "queries" / "checks")}
    kinds = [read_codes().keys(), read_rules().keys(), checks]
    assert sum(map(len, kinds)) == len(set().union(*kinds))


def find_seen() -> set[str]:
    """The codes that a test has seen: its runner compares them with those of the problems that there really were."""
    seen = {code.name for code in read_codes().values() if code.file}  # tests/core/test_codes.py
    for path in (TESTS / "cases" / "bad-input").glob("*.yaml"):  # tests/dataset/test_bad_input.py
        seen |= set(yaml.safe_load(path.read_text("utf-8"))["codes"])
    bad_files = TESTS / "cases" / "validation" / "bad-files.yaml"  # tests/validation/test_sources.py
    seen |= {entry["code"] for entry in yaml.safe_load(bad_files.read_text("utf-8")).values()}
    for path in (TESTS / "cases").rglob("*"):  # whole lines, compared as they are
        if path.suffix in {".txt", ".yaml"} and "drafting" not in path.parts:
            seen |= set(NAMED.findall(path.read_text("utf-8")))
    for path in TESTS.rglob("*.py"):
        if path != Path(__file__):
            seen |= set(NAMED.findall(path.read_text("utf-8"))) | find_words(path)
    return seen


def test_every_code_is_seen_by_a_test() -> None:
    assert sorted(read_codes().keys() - find_seen()) == []

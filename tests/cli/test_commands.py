"""Only what a command needs is imported, every command is found, and the help and the shell tell of all of them."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from tests.programs import Run

from testimonia.cli import commands, list_modules, load_commands
from testimonia.cli.app import EXIT_CODES, HelpGroup, app
from testimonia.cli.reference import write_reference

FOLDER = Path(next(iter(commands.__path__)))


def run_python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def list_commands() -> list[str]:
    """The commands as they are typed: `check-figure`, `links`."""
    return [module.replace("_", "-") for module in list_modules()]


def test_every_module_is_named_after_its_command() -> None:
    load_commands()
    registered: dict[str, set[str]] = {}
    for info in app.registered_commands:
        assert info.callback is not None
        name = info.name or typer.main.get_command_name(info.callback.__name__)
        registered.setdefault(info.callback.__module__, set()).add(name)
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for info in group.typer_instance.registered_commands:
            assert info.callback is not None
            registered.setdefault(info.callback.__module__, set()).add(str(group.name))
    modules = zip(list_modules(), list_commands(), strict=True)
    assert registered == {f"{commands.__name__}.{module}": {command} for module, command in modules}
    assert len(registered) == 28


def test_no_command_imports_another() -> None:
    for path in FOLDER.glob("*.py"):
        imports = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        assert not [node.module for node in imports if str(node.module).startswith(commands.__name__)], path.name


@pytest.mark.parametrize(("word", "loaded"), [("ask", ["ask"]), ("check-figure", ["check_figure"])])
def test_only_the_module_of_the_command_is_imported(word: str, loaded: list[str]) -> None:
    code = f"import sys; from testimonia.cli import load_commands; load_commands({word!r}); print(*sys.modules)"
    found = run_python(code).split()
    assert [module for module in list_modules() if f"{commands.__name__}.{module}" in found] == loaded


@pytest.mark.parametrize("word", ["--help", "../app", "__init__", "os", ""])
def test_another_word_imports_all_commands_and_nothing_else(word: str) -> None:
    code = f"import sys; from testimonia.cli import load_commands; load_commands({word!r}); print(*sys.modules)"
    found = run_python(code).split()
    assert {f"{commands.__name__}.{module}" for module in list_modules()} <= set(found)


def test_a_question_imports_no_reader_of_dates_and_no_other_engine() -> None:
    code = "import sys; from testimonia.cli import main; sys.argv[1:] = ['ask', 'figures', '--format', 'csv']\n"
    code += "try: main()\nfinally: print(*sys.modules)"
    loaded = run_python(code).splitlines()[-1].split()
    assert "testimonia.questions.asking" in loaded
    for heavy in ("edtf", "rdflib", "pyshacl", "SPARQLWrapper", "testimonia.validation", "testimonia.dataset.records"):
        assert heavy not in loaded


def test_the_help_groups_the_commands_and_cuts_no_summary(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert [line[:-1] for line in out.splitlines() if line[:-1] in set(HelpGroup)] == list(HelpGroup)
    assert "Commands:" not in out, "a command without a heading"
    assert max(map(len, out.splitlines())) <= 80
    assert "..." not in out.replace("[ARGS]...", "")
    words = " ".join(out.split())
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        assert f"{command.name} {' '.join(command.help.partition(chr(10) * 2)[0].split())}" in words
    assert EXIT_CODES in words
    assert EXIT_CODES in " ".join(write_reference().split())


def test_the_shell_completes_commands_and_options() -> None:
    def complete(typed: str) -> list[str]:
        asked = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" ")), "_TESTIMONIA_COMPLETE": "complete_bash"}
        program = "import sys; sys.argv = ['testimonia']; from testimonia.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program], env=os.environ | asked, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.split()

    assert set(list_commands()) <= set(complete("testimonia "))
    assert complete("testimonia che") == ["check-figure"]
    assert complete("testimonia merge r") == ["remove"]
    assert "--evidence" in complete("testimonia ask figures --e")

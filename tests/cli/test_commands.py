"""Only what a command needs is imported, and every command is found."""

import subprocess
import sys

import typer

from testimonia.cli import MODULES, load_commands
from testimonia.cli.app import app


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_every_command_is_in_the_table() -> None:
    load_commands()
    registered: dict[str, set[str]] = {}
    for info in app.registered_commands:
        assert info.callback is not None
        name = info.name or typer.main.get_command_name(info.callback.__name__)
        registered.setdefault(info.callback.__module__.rpartition(".")[2], set()).add(name)
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for info in group.typer_instance.registered_commands:
            assert info.callback is not None
            registered.setdefault(info.callback.__module__.rpartition(".")[2], set()).add(str(group.name))
    assert registered == {module: set(commands) for module, commands in MODULES.items()}


def test_only_the_module_of_the_command_is_imported() -> None:
    code = "import sys; from testimonia.cli import load_commands; load_commands({!r}); print(*sys.modules)"
    loaded = {module for module in MODULES if f"testimonia.cli.{module}" in run(code.format("ask")).split()}
    assert loaded == {"questions"}
    assert {f"testimonia.cli.{module}" for module in MODULES} <= set(run(code.format("--help")).split())


def test_a_question_imports_no_reader_of_dates_and_no_other_engine() -> None:
    code = "import sys; from testimonia.cli import main; sys.argv[1:] = ['ask', 'figures', '--format', 'csv']\n"
    code += "try: main()\nfinally: print(*sys.modules)"
    loaded = run(code).splitlines()[-1].split()
    assert "testimonia.questions.asking" in loaded
    for heavy in ("edtf", "rdflib", "pyshacl", "SPARQLWrapper", "testimonia.validation", "testimonia.dataset.records"):
        assert heavy not in loaded

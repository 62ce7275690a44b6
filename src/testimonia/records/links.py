"""Reading: the folder of links in, all its judgements out, or everything that is wrong with its files at once."""

from collections.abc import Callable, Collection
from pathlib import Path

from testimonia.core.curated_files import read_text
from testimonia.core.errors import InputError, Problem
from testimonia.core.link import Link
from testimonia.records.link_checks import judge_rows
from testimonia.records.link_contradictions import check_contradictions, check_doubles
from testimonia.records.sssom import LinkFile, parse_links

ENDING = ".sssom.tsv"


def read_links(folder: Path) -> list[Link]:
    """Return the links of a folder in the order of files and lines, [] where there is no such folder.

    InputError lists every problem of every file, contradictory judgements among them.
    """
    links, problems = collect_links(folder, Path.as_posix)
    if problems:
        raise InputError(problems)
    return links


def collect_links(
    folder: Path, name: Callable[[Path], str], subjects: Collection[str] | None = None
) -> tuple[list[Link], list[Problem]]:
    """Return the links that could be read of a folder, and every problem of every file.

    `name` gives a path as it is printed, `subjects` are the IRIs that may be linked, None for all.
    """
    links: list[Link] = []
    problems: list[Problem] = []
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir() and not path.name.startswith(".")):
        if not path.name.endswith(ENDING) or path.parent != folder:
            mend = f"Call it {name(folder)}/NAME{ENDING}, or take it away"
            problems.append(Problem(name(path), 0, 0, "", "a file that is not read", "", mend, code="stray-file"))
            continue
        file, found = read_link_file(path, name(path))
        judged, wrong = judge_rows(file, name(path), subjects)
        links += judged
        problems += found + wrong
    return links, [*problems, *check_doubles(links), *check_contradictions(links)]


def read_link_file(path: Path, name: str) -> tuple[LinkFile, list[Problem]]:
    """Return one file as written, and what is wrong with its form; `name` is the path as printed."""
    text, problems = read_text(path, name)
    if text is None:
        return LinkFile(), problems
    return parse_links(text.replace("\r\n", "\n"), name)

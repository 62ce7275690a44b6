"""Read the folder of links to other data sets, with everything that is wrong with its files."""

from collections.abc import Callable, Collection
from pathlib import Path

from testimonia.core.curated_files import read_text
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.link import Link
from testimonia.records.link_checks import judge_rows
from testimonia.records.link_contradictions import check_contradictions, check_duplicates
from testimonia.records.sssom import LinkFile, parse_links

ENDING = ".sssom.tsv"


def read_links(folder: Path) -> list[Link]:
    """Return the links of a folder in the order of files and lines, [] where there is no folder.

    InputError lists every problem of every file, contradictory judgements among them.
    """
    links, findings = collect_links(folder, Path.as_posix)
    if findings:
        raise InputError(findings)
    return links


def collect_links(
    folder: Path, name: Callable[[Path], str], subjects: Collection[str] | None = None
) -> tuple[list[Link], list[Finding]]:
    """Return the links that could be read of a folder, and every problem of every file.

    `name` turns a path into what is printed; `subjects` are the IRIs that may be linked, None for all.
    """
    links: list[Link] = []
    findings: list[Finding] = []
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir() and not path.name.startswith(".")):
        if not path.name.endswith(ENDING) or path.parent != folder:
            fix = f"Call it {name(folder)}/NAME{ENDING}, or take it away"
            findings.append(Finding.at(name(path), "stray-file", found="a file that is not read", fix=fix))
            continue
        file, found = read_link_file(path, name(path))
        judged, wrong = judge_rows(file, name(path), subjects)
        links += judged
        findings += found + wrong
    return links, [*findings, *check_duplicates(links), *check_contradictions(links)]


def read_link_file(path: Path, name: str) -> tuple[LinkFile, list[Finding]]:
    """Return one file as written, and findings about its form; `name` is the path as printed."""
    text, findings = read_text(path, name)
    if text is None:
        return LinkFile(), findings
    return parse_links(text.replace("\r\n", "\n"), name)

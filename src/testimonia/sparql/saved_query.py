"""Read saved queries: header, parameters and form, with everything that is wrong with the file.

A saved query (a question, a view, a check) begins with its header: lines that begin with `#+`, together a YAML mapping
(the syntax of grlc), followed by one SPARQL query that changes nothing. Which keys the header has is up to the caller.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, Unpack

from testimonia.core.curated_files import read_text
from testimonia.core.errors import InputError, QueryError, find_nearest
from testimonia.core.findings import Finding, Placed, Wording
from testimonia.core.iris import SLUG
from testimonia.core.record import Position, Word
from testimonia.core.yaml_tree import Block, Items, Tree, parse_tree
from testimonia.sparql.forms import QueryForm, check_read_only, parse_form
from testimonia.sparql.parameters import Parameter, ParameterType, bind_parameters, find_parameters, parse_value

_Query = TypeVar("_Query")
_PLACE = re.compile(r"line (\d+), column (\d+): (.*)", re.DOTALL)
_SAMPLES = {
    ParameterType.IRI: "https://example.org/x",
    ParameterType.INTEGER: "1",
    ParameterType.NUMBER: "1.5",
    ParameterType.DATE: "2031-05-04",
}


def read_saved_queries(
    folder: Path,
    name: Callable[[Path], str],
    noun: str,
    parse: Callable[[str, str, str], tuple[_Query | None, list[Finding]]],
    *,
    only: Collection[str] | None = None,
) -> dict[str, _Query]:
    """Return the parsed query of each `*.rq` of a folder, or of `only` some slugs, by slug in alphabetical order.

    `parse` takes the text, the slug and the path as printed, which `name` gives. InputError lists every problem of
    every file, or says that there is none of what `noun` calls.
    """
    queries: dict[str, _Query] = {}
    findings: list[Finding] = []
    paths = sorted(path for path in folder.glob("*.rq") if only is None or path.stem in only)
    if not paths:
        findings.append(Finding.at(f"{name(folder)}/", "nothing-here", found=f"no {noun} here (*.rq)"))
    for path in paths:
        text, found = read_text(path, name(path))
        query, more = parse(text, path.stem, name(path)) if text is not None else (None, [])
        findings += found + more
        if query is not None:
            queries[path.stem] = query
    if findings:
        raise InputError(findings)
    return queries


@dataclass(slots=True)
class SavedQueryReader:
    """Reads one file, collecting what is wrong with it."""

    path: str
    findings: list[Finding] = field(default_factory=list)

    def report(self, where: Position | Placed | str, rule: str, **wording: Unpack[Wording]) -> None:
        """Note one problem."""
        self.findings.append(Finding.at(where, rule, **wording))

    def report_error(self, error: QueryError) -> None:
        """Report an error about the query, at the place that it names."""
        match = _PLACE.fullmatch(str(error))
        line, column, found = (int(match[1]), int(match[2]), match[3]) if match else (0, 0, str(error))
        self.report(Position(self.path, line, column), "query-syntax", found=found)

    def check_slug(self, slug: str) -> None:
        """Report a file name that is no slug."""
        if not SLUG.fullmatch(slug):
            found, expected = f'"{slug}" is no slug', "small letters, digits, hyphens"
            self.report(self.path, "not-a-slug", found=found, expected=expected, fix="Rename the file")

    def check_keys(self, tree: Block, known: Iterable[str]) -> None:
        """Report unknown keys of the header."""
        names = list(known)
        for key, _ in tree:
            if key.text not in names:
                fix = find_nearest(key.text, names) or "Remove it"
                self.report(key, "unknown-key", found=f'unknown key "{key.text}"', expected=", ".join(names), fix=fix)

    def read_header(self, text: str) -> Block | None:
        """Return the header as a tree; `#+` becomes two spaces, so that lines and columns stay those of the file."""
        lines: list[str] = []
        for line in text.splitlines():
            if not line.startswith("#+"):
                break
            lines.append("  " + line[2:])
        if not lines:
            place, expected = Position(self.path, 1, 1), "lines that begin with #+"
            fix = "Begin the file with lines such as: #+ summary: …"
            self.report(place, "key-missing", found="no header", expected=expected, fix=fix)
            return None
        tree, findings = parse_tree("\n".join(lines) + "\n", self.path)
        self.findings += findings
        return tree

    def read_query(
        self, text: str, *, noun: str, wanted: str = "SELECT"
    ) -> tuple[dict[str, Parameter], QueryForm | None]:
        """Return the parameters and the form of the query, parsed with sample values of the parameters.

        `noun` says what the file is, for messages.
        """
        try:
            check_read_only(text, remote=True)
            parameters = find_parameters(text)
        except QueryError as error:
            self.report_error(error)
            return {}, None
        values = {name: parse_value(p, _SAMPLES.get(p.type, "x")) for name, p in parameters.items()}
        try:
            form = parse_form(bind_parameters(text, values))
        except QueryError as error:
            self.report_error(error)
            return parameters, None
        if form.name != wanted:
            self.report(self.path, "query-form", found=f"a {noun} that is {form.name}", expected=wanted)
        return parameters, form

    def read_text(self, tree: Block, key: str, *, needed: bool = True) -> str:
        """Return the text of a key; report a needed one that is missing, and one that is empty or no text."""
        value = self._find_value(tree, key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, Word) or not value.text.strip():
            self.report(value, "value-expected", found=f'"{key}" is empty or no text', expected="a line of text")
            return ""
        return " ".join(value.text.split())

    def read_list(self, tree: Block, key: str, *, needed: bool) -> list[Word]:
        """Return the words of a list; report a needed one that is missing, and anything that is no list of words."""
        value = self._find_value(tree, key, needed=needed)
        if value is None:
            return []
        items = value.items if isinstance(value, Items) else ()
        words = [item for item in items if isinstance(item, Word)]
        if words and len(words) == len(items):
            return words
        self.report(value, "not-a-list", found=f'"{key}" is no list of words', expected="for example [law, country]")
        return []

    def _find_value(self, tree: Block, key: str, *, needed: bool) -> Tree | None:
        value = tree.entries.get(key)
        if value is None and needed:
            self.report(tree, "key-missing", found=f'no "{key}"', fix="Add it to the header")
        return value

    def read_block(self, tree: Block, key: str) -> Block | None:
        """Return a mapping of the header, None where there is none."""
        value: Tree | None = tree.entries.get(key)
        if value is None or isinstance(value, Block):
            return value
        self.report(value, "not-a-mapping", found=f'"{key}" is no mapping', expected="name: value lines, indented")
        return None

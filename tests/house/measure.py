"""How dense each room of src/testimonia is, and how long the sentences of its docstrings and of the pages in docs/ are.

`python -m tests.house.measure` lowers the limits of `limits.toml` to what is measured now; it never raises one.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "testimonia"
LIMITS = Path(__file__).with_name("limits.toml")
MOST_COMPLEX = 15
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.Assert)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CODE = re.compile(r"```.*?```|~~~.*?~~~|^\s*(?:>>>|\.\.\.|\||#).*?$|`[^`\n]*`|<[^>\n]*>", re.DOTALL | re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Figures = dict[str, float]


def count_branches(nodes: Iterable[ast.AST]) -> int:
    """How many ways lead through some code beside the first, comprehensions, `and` and `or` counted."""
    branches = 0
    for top in nodes:
        for node in ast.walk(top):
            branches += isinstance(node, _BRANCHES)
            branches += len(node.ifs) if isinstance(node, ast.comprehension) else 0
            branches += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
            branches += len(node.cases) if isinstance(node, ast.Match) else 0
    return branches


def find_sentences(text: str) -> list[int]:
    """The number of words of each sentence of prose; code, tables and headings are none."""
    sentences = _SENTENCE_END.split(_CODE.sub(lambda match: "x" if match[0].startswith("`") else "", text))
    lengths = (len(_WORD.findall(sentence)) for sentence in sentences)
    return [length for length in lengths if length > 1]


def measure_room(paths: Iterable[Path]) -> Figures:
    """Branches per 100 lines of functions, comprehensions per 1,000 lines, complex functions, words a sentence."""
    lines = body = branches = comprehensions = complicated = 0
    sentences: list[int] = []
    for path in paths:
        text = path.read_text("utf-8")
        lines += len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            comprehensions += isinstance(node, _COMPREHENSIONS)
            if isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Module)) and (told := ast.get_docstring(node)):
                sentences += find_sentences(told)
            if isinstance(node, _FUNCTIONS):
                found = count_branches(node.body)
                branches += found
                complicated += found + 1 > MOST_COMPLEX
                body += (node.end_lineno or node.lineno) - node.body[0].lineno + 1
    return {
        "branches": round(100 * branches / max(body, 1), 1),
        "comprehensions": round(1000 * comprehensions / max(lines, 1), 1),
        "complex-functions": complicated,
        "words-a-sentence": round(sum(sentences) / max(len(sentences), 1), 1),
    }


def measure_rooms() -> dict[str, Figures]:
    """The figures of each room."""
    rooms = sorted(path for path in SRC.iterdir() if (path / "__init__.py").is_file())
    return {room.name: measure_room(sorted(room.rglob("*.py"))) for room in rooms}


def measure_pages() -> Figures:
    """Words a sentence of each hand-written page."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    written = {page.name: find_sentences(page.read_text("utf-8")) for page in pages if not _is_generated(page)}
    return {name: round(sum(found) / max(len(found), 1), 1) for name, found in written.items()}


def _is_generated(page: Path) -> bool:
    text = page.read_text("utf-8")
    return "Written by `make generated`" in text or "Made by `make" in text


def read_limits() -> dict[str, dict[str, Figures]]:
    """The limits of each room, and of each page."""
    limits: dict[str, dict[str, Figures]] = tomllib.loads(LIMITS.read_text("utf-8")) if LIMITS.is_file() else {}
    return limits


def format_limits(rooms: dict[str, Figures], pages: Figures) -> Iterator[str]:
    """The lines of `limits.toml`."""
    yield "# What no room and no page may exceed. The figures only fall: python -m tests.house.measure lowers them."
    for room, figures in rooms.items():
        yield f"\n[rooms.{room}]"
        yield from (f"{name} = {value}" for name, value in figures.items())
    yield "\n[pages.words-a-sentence]"
    yield from (f'"{name}" = {value}' for name, value in sorted(pages.items()))


def main() -> None:
    """Lower the limits to what is measured now."""
    limits = read_limits()

    def lower(measured: Figures, known: Figures) -> Figures:
        return {name: min(value, known.get(name, value)) for name, value in measured.items()}

    known = limits.get("rooms", {})
    rooms = {room: lower(figures, known.get(room, {})) for room, figures in measure_rooms().items()}
    pages = lower(measure_pages(), limits.get("pages", {}).get("words-a-sentence", {}))
    LIMITS.write_text("\n".join(format_limits(rooms, pages)) + "\n", "utf-8")


if __name__ == "__main__":
    main()

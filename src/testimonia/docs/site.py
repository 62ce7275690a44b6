"""The Markdown pages of docs/ as HTML, readable in a browser without a network."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import count
from pathlib import Path

from markdown_it import MarkdownIt

from testimonia.core.atomic import write_file

_LINK = re.compile(r'(href="(?!https?:)[^"#]*)\.md(?=[#"])')
_INDEX = "index.html"
_ID = re.compile(r'<a id="([^"]+)"')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>")
_STYLE = """
body{max-width:46rem;margin:0 auto;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}
h1,h2,h3{line-height:1.25;overflow-wrap:anywhere}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}
h3{margin-top:2rem}a{color:#1d5a8a}img{max-width:100%;height:auto}li{overflow-wrap:anywhere}
code{background:#f2f2f2;padding:0 .2em;overflow-wrap:anywhere}pre{background:#f2f2f2;padding:.7rem;overflow-x:auto}
pre code{padding:0;overflow-wrap:normal}td code{overflow-wrap:normal}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #ccc;padding:.3rem;text-align:left}
"""


def write_site(docs: Path, folder: Path) -> int:
    """Write every page of a folder of Markdown into another as HTML, with the pictures; return the number of pages.

    `index.html` lists them.
    """
    pages = sorted(docs.rglob("*.md"))
    titles: dict[str, str] = {}
    for page in pages:
        path = page.relative_to(docs).with_suffix(".html")
        text = page.read_text("utf-8")
        titles[path.as_posix()] = find_title(text)
        write_file(folder / path, make_page(text, home="../" * (len(path.parts) - 1) + _INDEX).encode())
    write_file(folder / _INDEX, make_page(list_pages(titles)).encode())
    for picture in docs.rglob("*.svg"):
        write_file(folder / picture.relative_to(docs), picture.read_bytes())
    return len(pages)


def find_title(text: str) -> str:
    r"""Return the title of a Markdown page: its first line.

    >>> find_title("# The head\n\nText.")
    'The head'
    """
    return text.partition("\n")[0].lstrip("# ")


def list_pages(titles: Mapping[str, str]) -> str:
    """Return the Markdown page that lists pages (path → title) by folder; those of the folder itself come first."""
    parts = ["# Testimonia: all pages"]
    folders: dict[str, list[str]] = {}
    for path, title in titles.items():
        folders.setdefault(path.rpartition("/")[0], []).append(f"- [{title}]({path})")
    for name in sorted(folders):
        parts += [f"## {name.capitalize() or 'Guides'}", "\n".join(folders[name])]
    return "\n\n".join(parts) + "\n"


def make_page(text: str, *, home: str = "") -> str:
    r"""Return a Markdown page as an HTML page; links to other pages lead to their HTML.

    `home` is the path of the page that lists all others, linked above the text.

    >>> '<h1 id="the-head">The head</h1>' in make_page("# The head")
    True
    >>> make_page("# Twice\n\n# Twice").count('id="twice-1"')
    1
    """
    body = MarkdownIt("commonmark").enable("table").render(text)
    body = _LINK.sub(r"\1.html", body)
    taken = set(_ID.findall(body))

    def give_id(heading: re.Match[str]) -> str:
        level, words = heading.groups()
        anchor = next(name for name in _number(make_anchor(words)) if name not in taken or name in written)
        shown = "" if anchor in written else f' id="{anchor}"'
        taken.add(anchor)
        return f"<h{level}{shown}>{words}</h{level}>"

    written = frozenset(taken)
    body = _HEADING.sub(give_id, body)
    top = f'<nav><a href="{escape(home)}">All pages</a></nav>\n' if home else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(find_title(text))}</title><style>{_STYLE}</style></head>\n<body>\n{top}{body}</body></html>\n"
    )


def _number(anchor: str) -> Iterator[str]:
    """Yield the anchors for the first heading of some words, the second, and so on."""
    yield anchor
    yield from (f"{anchor}-{number}" for number in count(1))


def make_anchor(heading: str) -> str:
    """Return the anchor of a heading, as code hosts make it: lower case, hyphens, no marks.

    >>> make_anchor("Bad <code>input</code>, and more")
    'bad-input-and-more'
    """
    words = re.sub(r"<[^>]*>", "", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")

"""Site: the Markdown pages of docs/ in, the same pages as HTML out, to be looked at in a browser without a network."""

import re
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

_LINK = re.compile(r'(href="(?!https?:)[^"#]*)\.md(?=[#"])')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>")
_STYLE = """
body{max-width:46rem;margin:0 auto;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}
h1,h2,h3{line-height:1.25;overflow-wrap:anywhere}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}
h3{margin-top:2rem}a{color:#1d5a8a}img{max-width:100%;height:auto}li{overflow-wrap:anywhere}
code{background:#f2f2f2;padding:0 .2em;overflow-wrap:anywhere}pre{background:#f2f2f2;padding:.7rem;overflow-x:auto}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #ccc;padding:.3rem;text-align:left}
"""


def write_site(docs: Path, folder: Path) -> int:
    """Write every page and picture of a folder of Markdown into another as HTML; give how many pages there are."""
    pages = sorted(docs.rglob("*.md"))
    for page in pages:
        target = folder / page.relative_to(docs).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(make_page(page.read_text("utf-8")), "utf-8")
    for picture in docs.rglob("*.svg"):
        (folder / picture.relative_to(docs)).write_bytes(picture.read_bytes())
    return len(pages)


def make_page(text: str) -> str:
    """Give a Markdown page as an HTML page; links to other pages lead to their HTML.

    >>> '<h1 id="the-head">The head</h1>' in make_page("# The head")
    True
    """
    title = text.partition("\n")[0].lstrip("# ")
    body = MarkdownIt("commonmark").enable("table").render(text)
    body = _LINK.sub(r"\1.html", body)
    body = _HEADING.sub(lambda m: f'<h{m[1]} id="{make_anchor(m[2])}">{m[2]}</h{m[1]}>', body)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )


def make_anchor(heading: str) -> str:
    """Give the anchor of a heading, as code hosts make it: lower case, hyphens, no marks.

    >>> make_anchor("Bad <code>input</code>, and more")
    'bad-input-and-more'
    """
    words = re.sub(r"<[^>]*>", "", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")

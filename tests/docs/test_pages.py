"""Pages: what is generated is committed, and no link within docs/ and the README leads nowhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from testimonia.core.layout import Layout, find_model_root
from testimonia.docs.model import Model
from testimonia.docs.pages import write_pages
from testimonia.docs.site import make_page, write_site

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
REFERENCE = write_pages(Model(Layout(ROOT, find_model_root())))


class Anchors(HTMLParser):
    """The ids and links of an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [value for name in ("id",) if (value := given.get(name))]
        self.links += [value for name in ("href", "src") if (value := given.get(name))]


READ = {page: Anchors(make_page(page.read_text("utf-8"))) for page in PAGES}


def test_there_are_pages() -> None:
    assert len(PAGES) >= 25
    assert len(REFERENCE) == 11


@pytest.mark.parametrize("name", REFERENCE)
def test_what_is_committed_is_what_is_generated(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == REFERENCE[name], "run: make generated"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in READ[page].links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / re.sub(r"\.html$", ".md", path)).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in READ[target].ids, f"{page.name}: {link}"


def test_an_anchor_of_the_reference_stands_once() -> None:
    for page in PAGES:
        if page.parent.name == "reference":
            explicit = re.findall(r'<a id="([^"]+)">', page.read_text("utf-8"))
            assert len(explicit) == len(set(explicit)), page.name


def test_every_term_stands_in_the_index_from_a_to_z() -> None:
    model = Model(Layout(ROOT, find_model_root()))
    index = REFERENCE["docs/reference/terms.md"].partition("## A to Z")[2]
    assert sorted(re.findall(r"\]\(#([^)]+)\)", index)) == sorted(name.replace("/", "-") for name in model.terms)


def test_pictures_show_every_term_of_their_scheme() -> None:
    model = Model(Layout(ROOT, find_model_root()))
    for name in REFERENCE:
        if name.endswith(".svg"):
            shown = [e.text for e in ET.fromstring(REFERENCE[name]).iter() if e.tag.endswith("text")]
            scheme = Path(name).stem
            wanted = [d.label for n, d in model.terms.items() if n.startswith(f"{scheme}/")]
            assert sorted(filter(None, shown)) == sorted(wanted)


def test_the_site_has_every_page_and_no_id_twice(tmp_path: Path) -> None:
    written = write_site(ROOT / "docs", tmp_path)
    pages = list(tmp_path.rglob("*.html"))
    assert written == len(pages) - 1 > 20
    assert len(Anchors((tmp_path / "index.html").read_text("utf-8")).links) == written
    for page in pages:
        read = Anchors(page.read_text("utf-8"))
        assert len(read.ids) == len(set(read.ids)), f"{page.name}: an id stands twice"
        assert all(
            (page.parent / link.partition("#")[0]).exists() for link in read.links if link.endswith("index.html")
        )
    assert (tmp_path / "reference" / "happening.svg").is_file()

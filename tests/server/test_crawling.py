"""The crawler: from home, every internal link leads to something, and no page fails."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

SITE = "http://localhost/"
FEWEST = 500


class Links(HTMLParser):
    """Collects what a page links to, its ids, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"href", "src", "action"} and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)


@pytest.mark.slow
def test_every_link_leads_somewhere(site: TestClient) -> None:
    waiting, met = [SITE], {SITE}
    wrong: list[str] = []
    pages = 0
    while waiting:
        address = waiting.pop()
        answer = site.get(address, follow_redirects=False)
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {address}")
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        pages += 1
        page = Links()
        page.feed(answer.text)
        assert ("script" in page.tags) is (urlsplit(address).path == "/editor"), address
        assert len(page.ids) == len(set(page.ids)), f"{address}: an id twice"
        for link in page.links:
            to, _ = urldefrag(urljoin(address, link))
            if urlsplit(to).netloc == "localhost" and to not in met:
                met.add(to)
                waiting.append(to)
    assert not wrong
    assert pages > FEWEST

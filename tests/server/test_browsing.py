"""Pages in headless Chromium: each kind at two widths, by axe and by keyboard; the editor at work."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.slow

PAGES = {
    "home": "",
    "interviews": "interview",
    "index": "id",
    "interview": "interview/val-solen",
    "claim": "interview/val-solen/claim/4",
    "turn": "interview/val-solen/turn/1",
    "country": "id/valdoria",
    "entity": "id/mira-solen",
    "happening": "id/archive-raid",
    "date": "date/2031-05-04",
    "terms": "term",
    "scheme": "term/happening",
    "term": "term/happening/raid",
    "ontology": "ontology",
    "shapes": "shapes",
    "questions": "questions",
    "question": "questions/people-hit",
    "answer": "questions/about?entity=mira-solen",
    "question-refused": "questions/about?entity=a%20b",
    "form": "query",
    "table": "query?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 20"),
    "query-refused": "query?query=" + quote("SELECT *"),
    "editor": "editor",
    "not-there": "id/mira-sole",
}
WIDTHS = {"desk": 1200, "phone": 360}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; where there is none, the tests fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "chromium is not installed (on Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], lantern: Path) -> str:
    return serve(lantern)


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """An empty page of a width; what its console tells of errors fails the test."""
    width = WIDTHS[request.param]
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "Failed to load" not in said.text else None,
    )
    yield page
    context.close()
    assert not wrong


def find_faults(page: Page) -> list[str]:
    """What axe finds that is serious or worse: rule, and where."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {n['html'][:200]}" for v in found if v["impact"] in SERIOUS for n in v["nodes"]]


def is_too_wide(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    assert page.locator("h1").count() == 1
    assert not is_too_wide(page)
    assert not find_faults(page)


@pytest.mark.parametrize("path", ["", "interview/val-solen", "questions/about?entity=mira-solen", "query"])
def test_everything_is_reached_by_keyboard(address: str, page: Page, path: str) -> None:
    """Tab comes to every link and field, in the order of the page, beginning with the way past the navigation."""
    page.goto(address + path)
    expected: list[str] = page.evaluate(
        """[...document.querySelectorAll("a[href], button, input, textarea, summary, [tabindex='0']")]
           .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert len(expected) > 8
    met: list[str] = []
    for _ in expected:
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert met == expected
    assert 'class="skip"' in met[0]


def test_the_way_past_the_navigation(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")


def test_a_question_is_asked_by_keyboard(address: str, page: Page) -> None:
    page.goto(f"{address}questions/about")
    page.get_by_label("entity").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("archive-raid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/about?entity=archive-raid*")
    assert page.locator("table tbody tr").count() > 0


def test_the_editor_asks_and_answers(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    query = "SELECT ?s ?class { ?s a ?class } ORDER BY ?s LIMIT 60"
    page.goto(f"{address}editor?query={quote(query)}")
    page.get_by_role("button", name="Ask").click()
    page.locator("#answer td a").first.wait_for()
    assert "60 results" in page.locator(".yasr_response_chip").inner_text()
    assert page.locator('#answer td a[href^="/"]').count() > 0
    assert page.locator('#answer td a[href*="example.org"]').count() == 0
    assert not is_too_wide(page)
    assert not find_faults(page)
    page.get_by_role("button", name="Shows Response view").click()
    page.locator("#answer .CodeMirror").wait_for()
    assert all(url.startswith(address) for url in asked), asked


def test_the_editor_completes_from_this_graph_alone(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}editor?query={quote('SELECT * { ?claim a')}")
    page.get_by_label("SPARQL query").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" t:", delay=30)
    page.keyboard.type("Cla", delay=30)
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint", has_text="t:Claim").wait_for()
    page.keyboard.press("Enter")
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert text.startswith("PREFIX t: <https://w3id.org/testimonia/ontology#>")
    assert text.endswith("?claim a t:Claim")
    page.keyboard.type(" ; t:sta", delay=30)
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint", has_text="t:statedBy").wait_for()
    assert all(url.startswith(address) for url in asked), asked
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not page.context.cookies()


def test_the_editor_says_what_is_wrong(address: str, page: Page) -> None:
    page.goto(f"{address}editor?query={quote('SELECT * {')}")
    page.get_by_role("button", name="Ask").click()
    page.get_by_text("line 1, column").wait_for()


def test_markup_does_nothing_in_the_editor(chromium: Browser, address: str) -> None:
    """DataTables reads labels as markup while it measures columns: the policy of the page keeps them from running."""
    context = chromium.new_context()
    page = context.new_page()
    done: list[str] = []
    page.on("dialog", lambda dialog: done.append(dialog.message))
    page.on("request", lambda request: done.append(request.url) if "example" in request.url.split("?")[0] else None)
    markup = "<img src=https://www.example/ onerror=alert(1)><script>alert(2)</script>"
    page.goto(f"{address}editor?query={quote(f'SELECT ?a {{ BIND({markup!r} AS ?a) }}')}")
    page.get_by_role("button", name="Ask").click()
    page.locator("#answer td").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("#answer td").first.inner_text() == markup
    assert not done
    context.close()


def test_the_editor_without_a_script_is_a_form(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}editor?question=about")
    assert page.locator("#hint").is_hidden()
    page.get_by_label("Query").fill("ASK { ?s ?p ?o }")
    page.get_by_role("button", name="Ask").click()
    assert page.locator("pre").inner_text() == "yes"
    context.close()


@pytest.mark.parametrize("path", ["", "interview/val-solen", "id/archive-raid", "questions/about", "editor"])
def test_pages_in_the_dark(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 24, 23)"
    assert not find_faults(page)
    context.close()


def test_the_editor_is_left_by_keyboard(address: str, page: Page) -> None:
    page.goto(f"{address}editor")
    page.get_by_label("SPARQL query").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "SPARQL query"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ask"
    page.keyboard.press("Enter")
    page.locator("#answer td").first.wait_for()

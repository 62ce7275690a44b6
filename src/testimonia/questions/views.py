"""Reading the folder of saved CONSTRUCT queries; every finding in every file is reported at once.

A view gives the whole graph in another form, for those who want it in the terms of another vocabulary. Its header has
`summary`, `description` and `tags`, as that of a question; it takes no parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from testimonia.core.answer import QueryEngine, Statements
from testimonia.core.errors import QueryError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.sparql.saved_query import SavedQueryReader, read_saved_queries

_KEYS = ("summary", "description", "tags")


@dataclass(frozen=True, slots=True)
class View:
    """A saved CONSTRUCT query."""

    slug: str
    summary: str
    description: str
    tags: tuple[str, ...]
    query: str


def read_views(layout: Layout) -> dict[str, View]:
    """Read the views by slug, in alphabetical order; InputError lists all findings of all files."""
    return read_saved_queries(layout.views, layout.name, "view", parse_view)


def parse_view(text: str, slug: str, name: str) -> tuple[View | None, list[Finding]]:
    r"""Parse the text of a view; return it (None when it cannot be used) and its findings.

    >>> view, problems = parse_view("#+ summary: All\n#+ description: It.\n#+ tags: [x]\nASK {}", "all", "all.rq")
    >>> print(problems[0])
    all.rq: a view that is ASK; expected CONSTRUCT. [query-form]
    """
    reader = SavedQueryReader(name)
    reader.check_slug(slug)
    tree = reader.read_header(text)
    parameters, _ = reader.read_query(text, noun="view", wanted="CONSTRUCT")
    if parameters:
        reader.report(name, "query-form", found="parameters: " + ", ".join(parameters), expected="a view takes none")
    if tree is None:
        return None, reader.findings
    reader.check_keys(tree, _KEYS)
    summary, description = (reader.read_text(tree, key) for key in ("summary", "description"))
    tags = tuple(word.text for word in reader.read_list(tree, "tags", needed=True))
    return (None if reader.findings else View(slug, summary, description, tags, text)), reader.findings


def get_view(views: Mapping[str, View], slug: str) -> View:
    """Return a view by its slug; QueryError names the nearest one when there is none."""
    if slug not in views:
        fix = find_nearest(slug, views) or "There are: " + ", ".join(views)
        raise QueryError(f'there is no view "{slug}". {fix}')
    return views[slug]


def make_view(view: View, run: QueryEngine) -> Statements:
    """Return the triples of a view."""
    answer = run(view.query)
    if not isinstance(answer, Statements):
        raise QueryError(f'"{view.slug}" gave no triples')
    return answer

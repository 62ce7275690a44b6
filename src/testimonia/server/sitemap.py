"""`sitemap.xml` (sitemaps.org) and `robots.txt`, for search engines."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from testimonia.questions.question import Question
from testimonia.server.graph_client import GraphClient

MOST = 50_000
"""The most URLs that a sitemap may have."""


def make_routes(client: GraphClient, questions: Iterable[Question]) -> list[Route]:
    """Return the routes of both files."""
    fixed = ["/", "/interview", "/id", "/term", "/ontology", "/questions"]
    saved = [f"/questions/{question.slug}" for question in questions]

    async def list_pages(request: Request) -> Response:
        """Serve the sitemap: interviews, entities, happenings with a name, terms, questions."""
        rows = await client.rows(
            "SELECT DISTINCT ?s { { ?s a t:Interview } UNION { ?s a skos:Concept } UNION "
            f'{{ ?s a ?class FILTER(STRSTARTS(STR(?s), "{client.base}id/")) }} }} ORDER BY ?s LIMIT {MOST - 1000}'
        )
        paths = [*fixed, *saved, *filter(None, (client.addresses.find_path(row["s"]) for row in rows))]
        return Response(write_sitemap(str(request.base_url), paths), media_type="application/xml")

    async def show_robots(request: Request) -> Response:
        """Serve the rules for crawlers: they may fetch pages, but not run queries."""
        lines = ["User-agent: *", "Disallow: /sparql", "Disallow: /api/", f"Sitemap: {request.base_url}sitemap.xml"]
        return PlainTextResponse("\n".join(lines) + "\n")

    return [Route("/sitemap.xml", list_pages), Route("/robots.txt", show_robots)]


def write_sitemap(site: str, paths: Iterable[str]) -> str:
    """Return a sitemap; `site` ends in a slash.

    >>> print(write_sitemap("http://localhost/", ["/id/a"]).splitlines()[2])
    <url><loc>http://localhost/id/a</loc></url>
    """
    lines = [f"<url><loc>{escape(site.rstrip('/') + path)}</loc></url>" for path in paths]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return head + "\n".join(lines) + "\n</urlset>\n"

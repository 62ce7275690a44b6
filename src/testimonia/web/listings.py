"""Listings: the pages that lead to all others: home, and what stands below `/interview`, `/id`, `/term`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.questions.question import Question
from testimonia.web.catalogue import give_catalogue
from testimonia.web.downloads import Downloads
from testimonia.web.endpoint import PUBLIC
from testimonia.web.holdings import Holdings, Names
from testimonia.web.resources import VARY, choose_offered
from testimonia.web.templating import Pages

HEADINGS = {
    "interview": "Interviews",
    "id": "Who and what is spoken of",
    "date": "Dates",
    "term": "Terms",
    "graph": "Graphs",
}
"""First part of a path → heading of the page that lists what stands below it."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listings:
    """The pages that lead to all others."""

    holdings: Holdings
    downloads: Downloads
    questions: Mapping[str, Question]
    pages: Pages

    def make_routes(self) -> list[Route]:
        """Give the routes of these pages."""
        lists = [Route(f"/{name}", self.list_nodes, middleware=[PUBLIC]) for name in HEADINGS]
        return [Route("/", self.welcome, middleware=[PUBLIC]), *lists]

    async def welcome(self, request: Request) -> Response:
        """Give the home page; to programs, what the data set says of itself."""
        media_type = choose_offered(request)
        if media_type != "text/html":
            return await give_catalogue(request, self.holdings, self.downloads, media_type)
        about = await self.holdings.rows(
            f"SELECT ?title ?text ?licence {{ <{self.holdings.base}> dct:title ?title "
            "OPTIONAL { ?d dct:description ?text } OPTIONAL { ?d dct:license ?licence } "
            f"FILTER(!BOUND(?d) || ?d = <{self.holdings.base}>) }} LIMIT 1"
        )
        page = {
            "about": about[0] if about else {"title": "Testimonia", "text": "", "licence": ""},
            "interviews": await self.find_interviews(),
            "countries": await self.find_countries(),
            "happenings": await self.find_happenings(),
            "questions": self.questions.values(),
            "triples": sum(self.holdings.pool.graphs.values()),
            "files": self.downloads.media_types,
        }
        return self.pages.give("home", page, headers=VARY)

    async def list_nodes(self, request: Request) -> Response:
        """Give what stands below a part of the addresses, by its class."""
        name = request.url.path.removeprefix("/")
        groups = await self.find_groups(name)
        return self.pages.give("list", {"heading": HEADINGS[name], "groups": groups})

    async def find_groups(self, name: str) -> dict[str, list[tuple[str, str]]]:
        """Give IRI and label of the nodes below a part of the addresses, by the name of their class."""
        if name == "graph":
            graphs = sorted(self.holdings.pool.graphs)
            return {"": [(iri, iri.removeprefix(f"{self.holdings.base}graph/")) for iri in graphs]}
        pattern = f'?s a ?class FILTER(STRSTARTS(STR(?s), "{self.holdings.base}{name}/"))'
        if name == "interview":
            pattern = "?s a ?class FILTER(?class = t:Interview)"
        elif name == "term":
            pattern = "?s a ?class FILTER(?class = skos:ConceptScheme)"
        store = await self.holdings.collect(f"CONSTRUCT {{ ?s a ?class }} {{ {pattern} }}")
        names = Names(store)
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        rows = await self.holdings.rows(f"SELECT DISTINCT ?s ?class {{ {pattern} }}")
        for row in rows:
            groups[names(row["class"])].append((row["s"], names(row["s"])))
        return {cls: sorted(groups[cls], key=lambda item: (item[1].lower(), item[0])) for cls in sorted(groups)}

    async def find_interviews(self) -> list[Row]:
        """Give title, countries and number of claims of each interview."""
        return await self.holdings.rows(
            'SELECT ?iri ?title (GROUP_CONCAT(DISTINCT ?name; SEPARATOR=", ") AS ?countries) ?claims '
            "{ ?iri a t:Interview ; rdfs:label ?title OPTIONAL { ?iri t:country/rdfs:label ?name } "
            "{ SELECT ?iri (COUNT(?claim) AS ?claims) { ?claim a t:Claim ; t:inInterview ?iri } GROUP BY ?iri } } "
            "GROUP BY ?iri ?title ?claims ORDER BY ?title ?iri"
        )

    async def find_countries(self) -> list[Row]:
        """Give the countries that claims are on, with their number."""
        return await self.holdings.rows(
            "SELECT ?iri ?title ?claims { ?iri rdfs:label ?title "
            "{ SELECT ?iri (COUNT(?claim) AS ?claims) { ?claim a t:Claim ; t:country ?iri } GROUP BY ?iri } } "
            "ORDER BY ?title ?iri"
        )

    async def find_happenings(self) -> list[Row]:
        """Give the happenings that several interviews, or several claims, tell of, the most told first."""
        return await self.holdings.rows(
            "SELECT ?iri ?title ?claims { ?iri rdfs:label ?title ; t:type ?type "
            "{ SELECT ?iri (COUNT(?claim) AS ?claims) { ?claim t:about ?iri } GROUP BY ?iri "
            "HAVING(COUNT(?claim) > 1) } } GROUP BY ?iri ?title ?claims ORDER BY DESC(?claims) ?title LIMIT 30"
        )

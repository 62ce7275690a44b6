"""The home page; programs get the description of the data set instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.questions.question import Question
from testimonia.server.catalogue import respond_catalogue
from testimonia.server.downloads import Downloads
from testimonia.server.external_statements import find_sources
from testimonia.server.graph_client import GraphClient
from testimonia.server.question_routes import group_by_tag
from testimonia.server.resources import VARY, choose_offered
from testimonia.server.routing import make_public_route
from testimonia.server.templating import Pages

HomeRow = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Home:
    """The home page of a data set."""

    client: GraphClient
    downloads: Downloads
    questions: Mapping[str, Question]
    pages: Pages

    def make_route(self) -> Route:
        """Return the route of the page."""
        return make_public_route("/", self.welcome)

    async def welcome(self, request: Request) -> Response:
        """Serve the home page, or to programs the description of the data set."""
        media_type = choose_offered(request)
        if media_type != "text/html":
            return await respond_catalogue(request, self.client, self.downloads, media_type)
        engine = self.client.engine
        descriptions = await self.client.rows(
            f"SELECT ?title ?text ?licence {{ <{self.client.base}> dct:title ?title "
            "OPTIONAL { ?d dct:description ?text } OPTIONAL { ?d dct:license ?licence } "
            f"FILTER(!BOUND(?d) || ?d = <{self.client.base}>) }} LIMIT 1"
        )
        page = {
            "about": next(iter(descriptions), {"title": "Testimonia", "text": "", "licence": ""}),
            "interviews": await self.find_interviews(),
            "countries": await self.find_countries(),
            "happenings": await self.find_happenings(),
            "questions": group_by_tag(self.questions.values()),
            "triples": sum(size for iri, size in engine.graphs.items() if iri not in engine.foreign),
            "sources": find_sources(self.client),
            "files": self.downloads.media_types,
        }
        return self.pages.render("home", page, headers=VARY)

    async def find_interviews(self) -> list[HomeRow]:
        """Return title, countries and number of claims of each interview."""
        return await self.client.rows(
            'SELECT ?iri ?title (GROUP_CONCAT(DISTINCT ?name; SEPARATOR=", ") AS ?countries) ?claims '
            "{ ?iri a t:Interview ; rdfs:label ?title OPTIONAL { ?iri t:country/rdfs:label ?name } "
            "{ SELECT ?iri (COUNT(?claim) AS ?claims) { ?claim a t:Claim ; t:inInterview ?iri } GROUP BY ?iri } } "
            "GROUP BY ?iri ?title ?claims ORDER BY ?title ?iri"
        )

    async def find_countries(self) -> list[HomeRow]:
        """Return the countries of claims, with the number of claims of each."""
        return await self.client.rows(
            "SELECT ?iri ?title ?claims { ?iri rdfs:label ?title "
            "{ SELECT ?iri (COUNT(?claim) AS ?claims) { ?claim a t:Claim ; t:country ?iri } GROUP BY ?iri } } "
            "ORDER BY ?title ?iri"
        )

    async def find_happenings(self) -> list[HomeRow]:
        """Return the happenings that more than one claim is about, those with the most claims first."""
        return await self.client.rows(
            "SELECT ?iri ?title ?claims { ?iri rdfs:label ?title ; t:type ?type "
            "{ SELECT ?iri (COUNT(?claim) AS ?claims) { ?claim t:about ?iri } GROUP BY ?iri "
            "HAVING(COUNT(?claim) > 1) } } GROUP BY ?iri ?title ?claims ORDER BY DESC(?claims) ?title LIMIT 30"
        )

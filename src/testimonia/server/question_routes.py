"""Saved questions over HTTP: `/api/questions/{slug}` as JSON, JSON-LD or CSV, `/questions/{slug}` as a page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from testimonia.core.answer import Solutions, collect_answer
from testimonia.core.errors import QueryError, find_nearest
from testimonia.questions.asking import bind_question, sort_lists
from testimonia.questions.formats import write_csv, write_json
from testimonia.questions.question import ANY, Question
from testimonia.rdf.short_names import Naming
from testimonia.server.addresses import SUFFIXES, split_suffix
from testimonia.server.cells import show_cell
from testimonia.server.endpoint import ask_while_connected
from testimonia.server.graph_client import GraphClient
from testimonia.server.negotiation import require_media_type
from testimonia.server.openapi import describe_interface
from testimonia.server.parameter_values import ParameterValues
from testimonia.server.protocol import ProtocolError
from testimonia.server.resources import Resources, choose_offered
from testimonia.server.routing import make_public_route
from testimonia.server.rows import write_jsonld
from testimonia.server.templating import Pages
from testimonia.server.workers.messages import Task

JSON, RESULTS, CSV, LINKED = "application/json", "application/sparql-results+json", "text/csv", "application/ld+json"
OFFERED = (JSON, RESULTS, CSV, LINKED)
FORMS = {"json": JSON, "csv": CSV, "jsonld": LINKED}
"""Value of the parameter `format` → media type."""

_LONGEST_VALUE = 1000


@dataclass(frozen=True, slots=True)
class QuestionRoutes:
    """The routes of the saved questions of a data set."""

    client: GraphClient
    questions: Mapping[str, Question]
    pages: Pages
    parameter_values: ParameterValues
    documents: Resources

    def make_routes(self) -> list[Route]:
        """Return the routes of the API and of the pages."""
        return [
            make_public_route("/api/openapi.json", self.describe),
            make_public_route("/api/questions", self.list_questions),
            make_public_route("/api/questions/{slug}", self.answer),
            Route("/questions", self.show_questions),
            self.documents.make_route("/questions/{slug}", self.respond),
        ]

    async def describe(self, request: Request) -> Response:
        """Serve the OpenAPI document."""
        examples = [
            (question, choose_usual(question, await self.parameter_values.propose(question)))
            for question in self.questions.values()
        ]
        return JSONResponse(describe_interface(examples, str(request.base_url).rstrip("/")))

    async def list_questions(self, request: Request) -> Response:
        """Serve slug, summary, tags and URL of each question."""
        site = str(request.base_url)
        listed = [
            {"slug": q.slug, "summary": q.summary, "tags": q.tags, "url": f"{site}api/questions/{q.slug}"}
            for q in self.questions.values()
        ]
        return JSONResponse(listed)

    async def answer(self, request: Request) -> Response:
        """Serve the answer to a question as JSON (SPARQL results), JSON-LD or CSV."""
        question = self.get(request.path_params["slug"])
        media_type = _choose_format(request)
        _, found = await self.run(request, question, read_values(request, question, complete=True))
        headers = {"Vary": "Accept"}
        if media_type == CSV:
            headers["Content-Disposition"] = f'attachment; filename="{question.slug}.csv"'
            return Response(write_csv(found, guarded=True), media_type=CSV, headers=headers)
        if media_type == LINKED:
            page = f"{request.base_url}questions/{question.slug}"
            return Response(write_jsonld(found, question.lists, page), media_type=LINKED, headers=headers)
        return Response(write_json(found), media_type=media_type, headers=headers)

    async def show_questions(self, request: Request) -> Response:  # noqa: ARG002  (Starlette passes the request)
        """Serve the page that lists the questions."""
        return self.pages.render("questions", {"groups": group_by_tag(self.questions.values())})

    async def respond(self, request: Request) -> Response:
        """Serve the page of a question, or the triples about its IRI where the client wants those."""
        path, suffix = split_suffix(request.url.path)
        slug = path.removeprefix("/questions/")
        wanted = SUFFIXES[suffix] if suffix else choose_offered(request)
        iri = self.client.addresses.find_iri(path)
        described = any(await self.documents.find(iri))
        if described and (wanted != "text/html" or slug not in self.questions):
            return await self.documents.respond(request)
        page = await self.show_question(request, self.get(slug))
        if described and not request.query_params:
            page.headers.update(self.documents.locate(iri, "text/html"))
        return page

    async def show_question(self, request: Request, question: Question) -> Response:
        """Return the page of a question with its answer; errors in parameter values are shown on the page."""
        problem, status, query, found = "", 200, question.query, Solutions((), ())
        proposed = await self.parameter_values.propose(question)
        usual = choose_usual(question, proposed)
        values: dict[str, str] = dict(request.query_params)
        try:
            values = usual | read_values(request, question, complete=False)
            query, found = await self.run(request, question, values)
        except (QueryError, ProtocolError) as error:
            problem = str(error)
            if request.query_params:  # without any the defaults were used: no error of the client
                status = error.status if isinstance(error, ProtocolError) else 400
        page = {"question": question, "values": values, "problem": problem, "answer": found}
        page |= {"query": strip_header(query), "proposed": proposed, "usual": usual}
        page["why"] = [] if problem or found.rows else await self.parameter_values.explain(question, values)
        table = [[show_cell(term, self.client.addresses) for term in row] for row in found.rows]
        return self.pages.render("question", {**page, "table": table, "asked": urlencode(values)}, status=status)

    async def run(self, request: Request, question: Question, values: dict[str, str]) -> tuple[str, Solutions]:
        """Return the query with its parameters bound, and its answer."""
        query = bind_question(question, values, Naming(self.client.base))
        await self.parameter_values.check(question, values)
        reply = await ask_while_connected(request, self.client.engine, Task(query, saved=True))
        results = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
        return query, sort_lists(question, collect_answer(results))

    def get(self, slug: str) -> Question:
        """Return a question by its slug; ProtocolError (404) names the nearest one when there is none."""
        if slug not in self.questions:
            fix = find_nearest(slug, self.questions) or "/questions lists all."
            raise ProtocolError(404, f"there is no such question. {fix}")
        return self.questions[slug]


def group_by_tag(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """Return first tag → questions, in alphabetical order; questions without a tag come last, under "others"."""
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[question.tags[0] if question.tags else "others"].append(question)
    return {tag: groups[tag] for tag in sorted(groups, key=lambda tag: (tag == "others", tag))}


def choose_usual(question: Question, proposed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a page's initial values: the usual ones, or the first proposed where the usual is not in the graph."""
    usual = question.usual_values
    chosen = {name: values[0] for name, values in proposed.items() if values and usual[name] not in {ANY, *values}}
    return usual | chosen


def strip_header(query: str) -> str:
    r"""Return a query without its header.

    >>> strip_header("#+ summary: Any?\nASK {}")
    'ASK {}'
    """
    return "".join(dropwhile(lambda line: line.startswith("#+"), query.splitlines(keepends=True)))


def _choose_format(request: Request) -> str:
    """Return the media type of an answer by the parameter `format`, else by Accept; an error when there is none."""
    forms = request.query_params.getlist("format")
    if forms:
        if len(forms) > 1 or forms[0] not in FORMS:
            raise QueryError(f"format: expected {', '.join(FORMS)}, once")
        return FORMS[forms[0]]
    return require_media_type(request, OFFERED, "an answer")


def read_values(request: Request, question: Question, *, complete: bool) -> dict[str, str]:
    """Return the parameter values in a URL; QueryError names every unknown, repeated, missing or too long one.

    An empty value counts as left out. `complete` requires every parameter without a default.
    """
    values: dict[str, str] = {}
    wrong: list[str] = []
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "format"]
    for name, value in given:
        if name not in question.parameters:
            there = ", ".join(question.parameters) or "none"
            wrong.append(f"no parameter {name[:50]!r} (there are: {there})")
        elif name in values:
            wrong.append(f"parameter {name} is given twice")
        elif len(value) > _LONGEST_VALUE:
            wrong.append(f"parameter {name} has more than {_LONGEST_VALUE} characters")
        elif value:
            values[name] = value
    for name, parameter in question.parameters.items():
        if complete and parameter.default is None and name not in values:
            wrong.append(f"parameter {name} is missing: {parameter.description} (for example {parameter.example})")
    if wrong:
        raise QueryError("; ".join(wrong))
    return values

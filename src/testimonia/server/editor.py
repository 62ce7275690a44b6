"""The page at `/editor`: YASGUI over the endpoint; without JavaScript it falls back to the form of `/query`."""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.core.namespaces import PREFIXES, TERM, VOCABULARY_BASE
from testimonia.questions.asking import bind_question
from testimonia.questions.question import Question
from testimonia.rdf.short_names import Naming
from testimonia.server.endpoint import PATH
from testimonia.server.graph_client import GraphClient
from testimonia.server.querying import EXAMPLE
from testimonia.server.question_routes import strip_header
from testimonia.server.templating import Pages

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""This page alone may run this server's scripts and query it. YASGUI inserts one style rule when table columns are
resized, which the digest allows; its icons are `data:` URLs."""


def make_route(client: GraphClient, questions: Mapping[str, Question], pages: Pages) -> Route:
    """Return the route of the page."""
    own = {"id": f"{client.base}id/", "interview": f"{client.base}interview/", "term": TERM}
    prefixes = json.dumps({**PREFIXES, **own})
    stems = json.dumps({f"{VOCABULARY_BASE}{name}": f"/{name}" for name in ("ontology", "term")} | {client.base: "/"})

    async def respond(request: Request) -> Response:
        """Serve the editor with the query from the URL, with a saved question, or with an example."""
        question = questions.get(request.query_params.get("question", ""))
        query = request.query_params.get("query", "")
        if question and not query:
            query = strip_header(bind_question(question, question.usual_values, Naming(client.base)))
        page = {"query": query or EXAMPLE, "questions": questions.values(), "endpoint": PATH}
        headers = {"Content-Security-Policy": POLICY}
        return pages.render("editor", {**page, "prefixes": prefixes, "stems": stems}, headers=headers)

    return Route("/editor", respond)

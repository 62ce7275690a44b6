"""Editor: the page at `/editor`: YASGUI over the endpoint; without a script it is the form of `/query`."""

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
from testimonia.server.question_routes import leave_header_out
from testimonia.server.templating import Pages

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What this page may do, and no other: run the scripts of this server, and ask it. The digest is that of the one rule
that the columns of YASGUI's tables need to be made wider; its icons are `data:`."""


def make_route(holdings: GraphClient, questions: Mapping[str, Question], pages: Pages) -> Route:
    """Return the route of the page."""
    ours = {"id": f"{holdings.base}id/", "interview": f"{holdings.base}interview/", "term": TERM}
    prefixes = json.dumps({**PREFIXES, **ours})
    stems = json.dumps({f"{VOCABULARY_BASE}{name}": f"/{name}" for name in ("ontology", "term")} | {holdings.base: "/"})

    async def respond(request: Request) -> Response:
        """Return the editor with the query that the address has, with a saved question, or with an example."""
        question = questions.get(request.query_params.get("question", ""))
        query = request.query_params.get("query", "")
        if question and not query:
            query = leave_header_out(bind_question(question, question.usual_values, Naming(holdings.base)))
        page = {"query": query or EXAMPLE, "questions": questions.values(), "endpoint": PATH}
        headers = {"Content-Security-Policy": POLICY}
        return pages.give("editor", {**page, "prefixes": prefixes, "stems": stems}, headers=headers)

    return Route("/editor", respond)

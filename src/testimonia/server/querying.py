"""The page at `/query`: a form for a SPARQL query and its answer, without JavaScript."""

from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.core.answer import Solutions, collect_answer
from testimonia.core.errors import QueryError
from testimonia.core.namespaces import PREFIXES
from testimonia.server.cells import show_cell
from testimonia.server.endpoint import PATH, ask_while_connected
from testimonia.server.graph_client import GraphClient
from testimonia.server.templating import Pages
from testimonia.server.workers.formats import TABULAR
from testimonia.server.workers.messages import Reply, Task

MOST_ROWS = 500
"""The most rows of a table that a page shows."""

EXAMPLE = f"""PREFIX rdfs: <{PREFIXES["rdfs"]}>
PREFIX skos: <{PREFIXES["skos"]}>
PREFIX t: <{PREFIXES["t"]}>

SELECT ?who (COUNT(?claim) AS ?claims) {{
  ?claim a t:Claim ; t:statedBy/rdfs:label ?who .
}}
GROUP BY ?who
ORDER BY DESC(?claims) ?who
"""
_RESULTS = "application/sparql-results+json"


def make_route(client: GraphClient, pages: Pages) -> Route:
    """Return the route of the page."""

    async def respond(request: Request) -> Response:
        """Serve the form, and the answer to the query in it."""
        query = request.query_params.get("query", "")
        page = {"query": query or EXAMPLE, "problem": "", "names": (), "rows": [], "total": 0, "text": "", "whole": ""}
        if not query:
            return pages.render("query", page)
        try:
            reply = await ask_while_connected(request, client.engine, Task(query, _RESULTS, "text/turtle"))
        except QueryError as error:
            return pages.render("query", {**page, "problem": str(error)}, status=400)
        whole = f"{PATH}?{urlencode({'query': query})}"
        return pages.render("query", {**page, **_show(reply, client), "whole": whole})

    return Route("/query", respond)


def _show(reply: Reply, client: GraphClient) -> dict[str, object]:
    """Return the page's values for an answer: a table, yes or no, or triples."""
    if reply.media_type not in TABULAR:
        return {"text": reply.body.decode()}
    answer = collect_answer(ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON))
    if not isinstance(answer, Solutions):
        return {"text": "yes" if answer else "no"}
    rows = [[show_cell(term, client.addresses) for term in row] for row in answer.rows[:MOST_ROWS]]
    return {"names": answer.variables, "rows": rows, "total": len(answer.rows)}

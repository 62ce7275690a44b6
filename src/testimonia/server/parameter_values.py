"""The values of question parameters that occur in the graph.

The functions of `testimonia.questions.values` are synchronous: they run in a thread, and query through the event loop.
"""

import asyncio
from dataclasses import dataclass, field

from testimonia.core.answer import Answer, QueryEngine
from testimonia.core.errors import QueryError
from testimonia.questions.question import Question, QuestionParameter
from testimonia.questions.values import check_values, explain_nothing, find_values
from testimonia.rdf.short_names import Naming
from testimonia.server.graph_client import GraphClient
from testimonia.server.protocol import ProtocolError

MOST = 2000
"""The most values that a page proposes for a parameter."""


@dataclass(frozen=True, slots=True)
class ParameterValues:
    """The values that occur in the graph; `found` caches those of each space, since the graph does not change."""

    client: GraphClient
    found: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def naming(self) -> Naming:
        """The short names of the data set."""
        return Naming(self.client.base)

    async def check(self, question: Question, values: dict[str, str]) -> None:
        """Raise ProtocolError (404) for values that are not in the graph, naming the nearest that are."""
        try:
            await asyncio.to_thread(check_values, question, values, self.naming, self._make_blocking())
        except QueryError as error:
            raise ProtocolError(404, str(error)) from error

    async def explain(self, question: Question, values: dict[str, str]) -> list[str]:
        """Return lines that explain why an answer may be empty."""
        return await asyncio.to_thread(explain_nothing, question, values, self.naming, self._make_blocking())

    async def propose(self, question: Question) -> dict[str, list[str]]:
        """Return name → possible values of each parameter of a question; [] where any text is allowed."""
        return {name: await self._find(parameter) for name, parameter in question.parameters.items()}

    async def _find(self, parameter: QuestionParameter) -> list[str]:
        key = parameter.space, parameter.object_of
        if key not in self.found:
            values = await asyncio.to_thread(find_values, parameter, self.naming, self._make_blocking())
            self.found[key] = values[:MOST]
        return self.found[key]

    def _make_blocking(self) -> QueryEngine:
        """Return a blocking function that runs a query on this event loop, to be called from another thread."""
        loop = asyncio.get_running_loop()

        def run(query: str) -> Answer:
            return asyncio.run_coroutine_threadsafe(self.client.ask_any(query), loop).result()

        return run

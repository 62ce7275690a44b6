"""Knowing: which values of a question's parameters the graph behind a pool knows; asked in a thread of their own."""

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
"""Values that a page proposes."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the graph knows; `found` keeps the values of a space, since the graph stays as it is."""

    holdings: GraphClient
    found: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def naming(self) -> Naming:
        """How nodes are called."""
        return Naming(self.holdings.base)

    async def check(self, question: Question, values: dict[str, str]) -> None:
        """Raise ProtocolError (404) that names each value that the graph does not know, with the nearest it knows."""
        try:
            await asyncio.to_thread(check_values, question, values, self.naming, self._use_pool())
        except QueryError as error:
            raise ProtocolError(404, str(error)) from error

    async def explain(self, question: Question, values: dict[str, str]) -> list[str]:
        """Return lines that say why an answer may be empty."""
        return await asyncio.to_thread(explain_nothing, question, values, self.naming, self._use_pool())

    async def propose(self, question: Question) -> dict[str, list[str]]:
        """Return the values that each parameter of a question may have, by its name; none where any text will do."""
        return {name: await self._find(parameter) for name, parameter in question.parameters.items()}

    async def _find(self, parameter: QuestionParameter) -> list[str]:
        key = parameter.space, parameter.object_of
        if key not in self.found:
            values = await asyncio.to_thread(find_values, parameter, self.naming, self._use_pool())
            self.found[key] = values[:MOST]
        return self.found[key]

    def _use_pool(self) -> QueryEngine:
        """Return what runs a query in the pool, for a thread that waits for its answer."""
        loop = asyncio.get_running_loop()

        def run(query: str) -> Answer:
            return asyncio.run_coroutine_threadsafe(self.holdings.ask_any(query), loop).result()

        return run

"""Passages: the words that claims point at, where the texts are mounted; only those whose digest the graph has."""

import hashlib
from collections.abc import Iterable, Mapping

from testimonia.core.text import TextSource
from testimonia.questions.verbalisation.statement import Statement
from testimonia.server.graph_client import GraphClient

PassagePlace = tuple[str, int, int]
"""IRI of a claim, start and end in code points of the source."""


class Passages:
    """The texts that are mounted; without any, there are no passages."""

    def __init__(self, holdings: GraphClient, sources: Iterable[TextSource] = ()) -> None:
        self._holdings = holdings
        self._texts = {source.sha256: source.text for source in sources}

    @property
    def mounted(self) -> bool:
        """Whether there are texts, so that pages are for this machine only."""
        return bool(self._texts)

    async def find(self, statements: Iterable[Statement]) -> Mapping[PassagePlace, str]:
        """Return the words that claims stand in, by their places; texts that were changed give none."""
        if not self._texts:
            return {}
        claims = " ".join(f"<{statement.iri}>" for statement in statements)
        rows = await self._holdings.rows(
            f"SELECT ?claim ?from ?to ?digest ?source {{ VALUES ?claim {{ {claims} }} ?claim t:evidence ?passage ; "
            "t:inInterview ?interview . ?interview t:sourceSha256 ?source . "
            "?passage oa:start ?from ; oa:end ?to ; t:sha256 ?digest }"
        )
        found: dict[PassagePlace, str] = {}
        for row in rows:
            start, end = int(row["from"]), int(row["to"])
            words = self._texts.get(row["source"], "")[start:end]
            if hashlib.sha256(words.encode()).hexdigest() == row["digest"]:
                found[row["claim"], start, end] = words
        return found

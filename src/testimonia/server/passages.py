"""The words of passages, where the source texts are mounted; only text with the digest in the graph is shown."""

import hashlib
from collections.abc import Iterable, Mapping

from testimonia.core.text import TextSource
from testimonia.questions.verbalisation.statement import Statement
from testimonia.server.graph_client import GraphClient

PassagePlace = tuple[str, int, int]
"""IRI of a claim, start and end in code points of the source."""


class Passages:
    """The mounted source texts; without any, pages show no passages."""

    def __init__(self, client: GraphClient, sources: Iterable[TextSource] = ()) -> None:
        self._client = client
        self._texts = {source.sha256: source.text for source in sources}

    @property
    def mounted(self) -> bool:
        """Whether there are texts: then pages are for this machine only."""
        return bool(self._texts)

    async def find(self, statements: Iterable[Statement]) -> Mapping[PassagePlace, str]:
        """Return the words of the passages of claims, by their places; changed texts yield none."""
        if not self._texts:
            return {}
        claims = " ".join(f"<{statement.iri}>" for statement in statements)
        rows = await self._client.rows(
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

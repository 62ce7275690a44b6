"""The claims about a node, page by page, in the order of the interviews and their texts."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from testimonia.questions.verbalisation.reading import read_statements
from testimonia.questions.verbalisation.statement import Statement
from testimonia.server.graph_client import GraphClient, NodeNames

AT_ONCE = 100
"""Claims on one page."""


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """One page of the claims about a node: `total` counts all of them, `start` (0-based) is the number of the first."""

    statements: Sequence[Statement]
    total: int
    start: int
    names: NodeNames

    @property
    def size(self) -> int:
        """The number of claims on a full page."""
        return AT_ONCE


class Relation(StrEnum):
    """How claims relate to a node: they belong to the interview, are about the node, or name it in any role."""

    OF = "of"
    ABOUT = "about"
    NAMING = "naming"
    NAMING_ONLY = "naming only"


async def find_claims(client: GraphClient, iri: str, start: int, relation: Relation) -> ClaimsPage:
    """Return a page of the claims that have a relation to a node.

    `NAMING` includes claims that reach the node through their thing, figure or passage.
    """
    pattern = _write_pattern(iri, relation)
    chosen = await client.rows(
        "SELECT ?interview ?claim (MIN(?from) AS ?start) (MIN(?to) AS ?end) "
        f"{{ {{ SELECT DISTINCT ?claim {{ {pattern} }} }} "
        "?claim t:inInterview ?interview FILTER EXISTS { ?claim a t:Claim } "
        "OPTIONAL { ?claim t:evidence ?passage . ?passage oa:start ?from ; oa:end ?to } } "
        "GROUP BY ?interview ?claim"
    )
    claims = [row["claim"] for row in sorted(chosen, key=_get_text_position)[start : start + AT_ONCE]]
    return await read_claims(client, claims, total=len(chosen), start=start)


async def read_claims(client: GraphClient, claims: Sequence[str], *, total: int, start: int = 0) -> ClaimsPage:
    """Return these claims, in the order given, with all their details."""
    values = " ".join(f"<{iri}>" for iri in claims)
    store = await client.collect(
        f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?claim {{ {values} }} "
        "?claim (t:evidence|t:figure|t:about)? ?s . ?s ?p ?o }"
    )
    names = NodeNames(store)
    found = await asyncio.to_thread(_read_claims, store, client.base, _find_interviews(client.base, claims))
    return ClaimsPage([found[iri] for iri in claims if iri in found], total, start, names)


def _write_pattern(iri: str, relation: Relation) -> str:
    """Return the graph pattern that binds ?claim to the claims with a relation to a node."""
    match relation:
        case Relation.OF:
            return f"?claim t:inInterview <{iri}>"
        case Relation.ABOUT:
            return f"?claim t:about <{iri}>"
        case Relation.NAMING_ONLY:
            return f"?claim ?role <{iri}> FILTER NOT EXISTS {{ ?claim t:about <{iri}> }}"
    return (
        f"{{ ?claim ?role <{iri}> }} UNION {{ ?claim t:about ?thing . ?thing ?role <{iri}> }} "
        f"UNION {{ ?claim t:figure ?figure . ?figure ?role <{iri}> }} UNION {{ ?claim t:evidence/t:inTurn <{iri}> }}"
    )


def _get_text_position(row: Mapping[str, str]) -> tuple[str, int, int, int, str]:
    """Return the sort key of a claim: its interview, then where its first passage begins and its last one ends."""
    return row["interview"], int(row["start"] or 0), int(row["end"] or 0), len(row["claim"]), row["claim"]


def _find_interviews(base: str, claims: Sequence[str]) -> list[str]:
    """Return the ids of the interviews that the claims belong to, each once."""
    stem = f"{base}interview/"
    return list(dict.fromkeys(iri.removeprefix(stem).partition("/")[0] for iri in claims))


def _read_claims(store: ox.Store, base: str, interviews: Sequence[str]) -> dict[str, Statement]:
    """Return the claims of some interviews by IRI."""
    found: dict[str, Statement] = {}
    for interview in interviews:
        found |= {statement.iri: statement for statement in read_statements(store, base, interview)}
    return found

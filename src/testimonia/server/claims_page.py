"""Telling: a node in; the claims that tell of it, some at a time, in the order of their texts, out."""

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
class Telling:
    """Some of the claims about a node: `total` in all, these from number `start` (from 0) on, and names of nodes."""

    statements: Sequence[Statement]
    total: int
    start: int
    names: NodeNames

    @property
    def size(self) -> int:
        """How many claims a page has at most."""
        return AT_ONCE

    @property
    def following(self) -> int:
        """The number that the next page begins with; 0 when this is the last."""
        end = self.start + AT_ONCE
        return end if end < self.total else 0


class Relation(StrEnum):
    """What claims have to do with a node: they are an interview's, they tell of it, or they name it in any role."""

    OF = "of"
    ABOUT = "about"
    NAMING = "naming"
    NAMING_ONLY = "naming only"


async def find_claims(holdings: GraphClient, iri: str, start: int, relation: Relation) -> Telling:
    """Return claims that have to do with a node; those that name it are also of its type, count it, or stand in it."""
    pattern = _write_pattern(iri, relation)
    chosen = await holdings.rows(
        "SELECT ?interview ?claim (MIN(?from) AS ?start) (MIN(?to) AS ?end) "
        f"{{ {{ SELECT DISTINCT ?claim {{ {pattern} }} }} "
        "?claim t:inInterview ?interview FILTER EXISTS { ?claim a t:Claim } "
        "OPTIONAL { ?claim t:evidence ?passage . ?passage oa:start ?from ; oa:end ?to } } "
        "GROUP BY ?interview ?claim"
    )
    claims = [row["claim"] for row in sorted(chosen, key=_place)[start : start + AT_ONCE]]
    return await read_claims(holdings, claims, total=len(chosen), start=start)


async def read_claims(holdings: GraphClient, claims: Sequence[str], *, total: int, start: int = 0) -> Telling:
    """Return claims, in the order given, with all their details."""
    values = " ".join(f"<{iri}>" for iri in claims)
    store = await holdings.collect(
        f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?claim {{ {values} }} "
        "?claim (t:evidence|t:figure|t:about)? ?s . ?s ?p ?o }"
    )
    names = NodeNames(store)
    found = await asyncio.to_thread(_read, store, holdings.base, _find_interviews(holdings.base, claims))
    return Telling([found[iri] for iri in claims if iri in found], total, start, names)


def _write_pattern(iri: str, relation: Relation) -> str:
    """Return the pattern of the claims that have to do with a node."""
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


def _place(row: Mapping[str, str]) -> tuple[str, int, int, int, str]:
    """Return where a claim stands: interviews one after the other, each in the order of its text."""
    return row["interview"], int(row["start"] or 0), int(row["end"] or 0), len(row["claim"]), row["claim"]


def _find_interviews(base: str, claims: Sequence[str]) -> list[str]:
    """Return the ids of the interviews that claims are of, each once."""
    stem = f"{base}interview/"
    return list(dict.fromkeys(iri.removeprefix(stem).partition("/")[0] for iri in claims))


def _read(store: ox.Store, base: str, interviews: Sequence[str]) -> dict[str, Statement]:
    """Return the claims of a store by IRI."""
    return {s.iri: s for interview in interviews for s in read_statements(store, base, interview)}

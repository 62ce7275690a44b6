"""How often the claims of a graph use each term.

A claim uses a term when the claim itself names it, or what it names does: its thing, its figures, its entities. A term
that one claim alone uses, or none, is to be looked at, unless it says itself why it is kept (`skos:editorialNote`), its
scheme says why it is complete, or other terms stand under it.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES, TERM
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import run_select

_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("skos", "t"))
_TERMS = """
    SELECT ?term (COUNT(?under) AS ?narrower) (SAMPLE(?own) AS ?reason) (SAMPLE(?whole) AS ?scale) {
      ?term a skos:Concept ; skos:inScheme ?scheme .
      OPTIONAL { ?under skos:broader ?term }
      OPTIONAL { ?term skos:editorialNote ?own }
      OPTIONAL { ?scheme skos:editorialNote ?whole }
    } GROUP BY ?term"""
_CLAIMS = """
    SELECT ?term (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?interview) AS ?interviews) {
      ?claim a t:Claim ; t:inInterview ?interview .
      { ?claim ?names ?term }
      UNION
      { ?claim ?reaches ?node . ?node ?names ?term .
        FILTER NOT EXISTS { ?node a t:Claim } FILTER NOT EXISTS { ?node a skos:Concept } }
      ?term a skos:Concept ; skos:inScheme ?scheme .
    } GROUP BY ?term"""


@dataclass(frozen=True, slots=True, order=True)
class TermUse:
    """How many claims of how many interviews use a term, given by the slugs of its scheme and its own.

    `reason` is why the term is kept, or why its scheme is complete; "" where nobody says so. `narrower` terms stand
    under it.
    """

    scheme: str
    slug: str
    claims: int
    interviews: int
    narrower: int = 0
    reason: str = ""

    @property
    def finding(self) -> str:
        """What is to be looked at: `unused`, `used once`, or "".

        >>> TermUse("charge", "mockery", 1, 1).finding
        'used once'
        >>> TermUse("hedge", "likely", 0, 0, reason="A whole scale.").finding
        ''
        """
        if self.claims > 1 or self.narrower or self.reason:
            return ""
        return "used once" if self.claims else "unused"


def count_uses(store: ox.Store) -> tuple[TermUse, ...]:
    """Return the use of each term of a graph, by scheme and slug."""
    rows = run_select(store, _PREFIXES + _CLAIMS).rows
    counts = {get_value(term): (int(get_value(claims)), int(get_value(views))) for term, claims, views in rows}
    uses = []
    for term, narrower, reason, scale in run_select(store, _PREFIXES + _TERMS).rows:
        scheme, _, slug = get_value(term).removeprefix(TERM).partition("/")
        claims, interviews = counts.get(get_value(term), (0, 0))
        uses.append(TermUse(scheme, slug, claims, interviews, int(get_value(narrower)), get_value(reason or scale)))
    return tuple(sorted(uses))

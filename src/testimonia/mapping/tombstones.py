"""Write the tombstones of withdrawn ids: each IRI is a t:Withdrawn, and nothing else is said of it."""

from testimonia.core.iris import mint_claim_iri, mint_entity_iri, mint_interview_iri
from testimonia.core.record import Records
from testimonia.mapping.envelope import PREFIX_CONTEXT, JsonNode


def write_tombstones(records: Records) -> JsonNode:
    """Return the document of all tombstones, in the order of their ids; each node has a class and no more."""
    nodes = [
        {"@id": mint_withdrawn_iri(records.base, name), "@type": "t:Withdrawn"} for name in sorted(records.withdrawn)
    ]
    return {"@context": [PREFIX_CONTEXT], "@graph": nodes}


def mint_withdrawn_iri(base: str, name: str) -> str:
    """Return the IRI that a line of mappings/withdrawn.yaml means.

    >>> mint_withdrawn_iri("https://example.org/", "claim/val-solen/8")
    'https://example.org/interview/val-solen/claim/8'
    >>> mint_withdrawn_iri("https://example.org/", "entity/ivo-brandt")
    'https://example.org/id/ivo-brandt'
    """
    kind, _, slug = name.partition("/")
    if kind == "claim":
        return mint_claim_iri(base, *slug.split("/"))
    return mint_entity_iri(base, slug) if kind == "entity" else mint_interview_iri(base, slug)

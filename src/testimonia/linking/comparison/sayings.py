"""The statements of each source about things of ours that have equivalents.

Each keeps its subject IRI and the graph of its source.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import T
from testimonia.linking.comparison.claims import ClaimVoice, read_voice
from testimonia.linking.comparison.merged import Merged
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

_ABOUT = ox.NamedNode(f"{T}about")


@dataclass(frozen=True, slots=True)
class ThingAccount:
    """A thing of ours by its IRI, with all statements about it and its equivalents.

    `links` are the equivalents as (IRI, file:line), "" for an indirect one; `voices` are those of our claims about it,
    `quads` the statements with one of the IRIs as subject, in our graphs and in those of sources.
    """

    thing: str
    links: tuple[tuple[str, str], ...]
    voices: tuple[ClaimVoice, ...]
    quads: tuple[ox.Quad, ...]


def find_accounts(merged: Merged, naming: Naming) -> Iterator[ThingAccount]:
    """Yield the accounts of all things with equivalents that a source speaks of, sorted by IRI."""
    places = {iri: f"{link.path}:{link.line}" for link in reversed(merged.links) for iri in (link.subject, link.object)}
    for group in merged.groups:
        for thing in (iri for iri in group if iri.startswith(merged.base)):
            quads = tuple(sorted(_find_quads(merged, group), key=str))
            if any(merged.find_source(get_value(quad.graph_name)) for quad in quads):
                others = tuple((iri, places.get(iri, "")) for iri in group if iri != thing)
                claims = merged.own.quads_for_pattern(None, _ABOUT, ox.NamedNode(thing))
                voices = (read_voice(merged, naming, get_value(quad.subject)) for quad in claims)
                yield ThingAccount(thing, others, tuple(sorted(voices, key=lambda voice: voice.claim)), quads)


def _find_quads(merged: Merged, group: tuple[str, ...]) -> Iterator[ox.Quad]:
    """Yield the statements about a thing in our named graphs and in those of sources, but not in derived graphs."""
    links = mint_graph_iri(merged.base, "links")  # listed as equivalents, with file and line
    for iri in group:
        for quad in merged.own.quads_for_pattern(ox.NamedNode(iri), None, None):
            if get_value(quad.graph_name) != links:
                yield quad
        for quad in merged.store.quads_for_pattern(ox.NamedNode(iri), None, None):
            if merged.find_source(get_value(quad.graph_name)):
                yield quad

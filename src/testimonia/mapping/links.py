"""Map links to other data sets to quads of the named graph `links`."""

from collections.abc import Iterable

import pyoxigraph as ox

from testimonia.core.iris import mint_graph_iri
from testimonia.core.link import Link


def map_links(links: Iterable[Link], base: str) -> list[ox.Quad]:
    """Return a quad for each link that is neither denied nor left open; each once, whatever lines say it."""
    graph = ox.NamedNode(mint_graph_iri(base, "links"))
    stated = {(link.subject, link.predicate, link.object) for link in links if link.is_stated}
    return [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o), graph) for s, p, o in sorted(stated)]

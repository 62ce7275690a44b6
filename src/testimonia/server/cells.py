"""HTML table cells: an RDF term as short texts, each with its link."""

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, Term
from testimonia.rdf.cells import write_short
from testimonia.rdf.short_names import Naming
from testimonia.server.addresses import NodeAddresses


def show_cell(term: Term | None, addresses: NodeAddresses) -> list[tuple[str, str]]:
    """Return the parts of a cell as (text, link), the link "" for none; a list of IRIs has one part for each.

    >>> show_cell(ox.NamedNode("https://example.org/id/mira-solen"), NodeAddresses("https://example.org/"))
    [('mira-solen', '/id/mira-solen')]
    >>> show_cell(None, NodeAddresses("https://example.org/"))
    []
    """
    naming = Naming(addresses.base)
    if term is None:
        return []
    if isinstance(term, ox.NamedNode):
        return [(write_short(term, naming), addresses.link(term.value))]
    if isinstance(term, ox.Literal) and term.value.startswith(addresses.base):
        parts = [ox.NamedNode(part) for part in term.value.split(SEPARATOR) if " " not in part]
        return [(write_short(part, naming), addresses.link(part.value)) for part in parts]
    return [(write_short(term, naming), "")]

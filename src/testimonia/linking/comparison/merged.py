"""Our graph together with merged sources and equivalents."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.iris import mint_source_iri
from testimonia.core.layout import Layout
from testimonia.core.link import Link
from testimonia.rdf.same_as_closure import find_equivalents
from testimonia.rdf.short_names import read_naming
from testimonia.rdf.store import read_store, read_with_sources
from testimonia.records.links import read_links
from testimonia.sources.workspace import find_names, read_workspace


@dataclass(frozen=True, slots=True)
class Merged:
    """Our graph, merged sources and the graph of equivalents.

    `own` holds our graph alone; `store` holds it (as default graph too), every source, and the equivalents. `names` are
    the sources, `links` the judgements, `groups` the IRIs of each thing that has several, `members` IRI → group.
    """

    base: str
    own: ox.Store
    store: ox.Store
    names: tuple[str, ...]
    links: tuple[Link, ...]
    groups: tuple[tuple[str, ...], ...]
    members: Mapping[str, tuple[str, ...]]

    def find_group(self, iri: str) -> tuple[str, ...]:
        """Return all IRIs of a thing, its own among them, sorted."""
        return self.members.get(iri, (iri,))

    def find_source(self, graph: str) -> str | None:
        """Return the name of the source that a named graph belongs to; None for ours, and for descriptions of sources.

        >>> store = ox.Store()
        >>> merged = Merged("https://example.org/", store, store, ("library",), (), (), {})
        >>> merged.find_source("https://example.org/merged/library/graph/8fd42819ec0f12e6")
        'library'
        >>> merged.find_source("https://example.org/merged/library/source") is None
        True
        """
        stem = mint_source_iri(self.base, "")
        name, _, rest = graph.removeprefix(stem).partition("/")
        return name if graph.startswith(stem) and rest != "source" else None


def read_merged(layout: Layout, folder: Path | None = None, without: Collection[str] = ()) -> Merged:
    """Return our graph with equivalents and the sources of a workspace, except those in `without`.

    Without a folder, our graph alone. InputError for links that cannot be used, and as `read_workspace` has it.
    """
    base = read_naming(layout).base
    links = tuple(replace(link, path=layout.name(Path(link.path))) for link in read_links(layout.links) if link.is_same)
    names = () if folder is None else tuple(name for name in find_names(folder) if name not in without)
    store = read_with_sources(layout.graph, []) if folder is None else read_workspace(layout, folder, without)
    groups = tuple(find_equivalents(store, base))
    members = {iri: group for group in groups for iri in group}
    return Merged(base, read_store(layout.graph), store, names, links, groups, members)

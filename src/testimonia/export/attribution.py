"""What the description of a data set says of its publisher, day, version and licence."""

from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import PREFIXES, expand
from testimonia.export.source import ExportSource, read_quads
from testimonia.rdf.reading import get_value

_PUBLISHER = expand("dct:publisher")


@dataclass(frozen=True, slots=True)
class Credits:
    """The statements about a data set (its base IRI) by property, and those about its publisher."""

    base: str
    dataset: dict[str, ox.NamedNode | ox.Literal]
    publisher: tuple[ox.Triple, ...]

    def find(self, name: str) -> ox.NamedNode | ox.Literal | None:
        """Return what is said under a property (`dct:license`), None where nothing is."""
        return self.dataset.get(expand(name))

    def tell(self, name: str) -> str:
        """Return the IRI or the text that is said under a property, "" where nothing is."""
        return get_value(self.find(name))


def read_credits(source: ExportSource) -> Credits:
    """Return the credits of a source; empty ones where it has no description."""
    described = mint_graph_iri(source.base, "dataset")
    quads = [
        quad
        for path, head in zip(source.paths, source.heads, strict=True)
        if source.base and head == described
        for quad in read_quads(path)
    ]
    counted = (PREFIXES["void"], PREFIXES["rdf"])
    dataset = {
        quad.predicate.value: quad.object
        for quad in quads
        if get_value(quad.subject) == source.base
        and not quad.predicate.value.startswith(counted)
        and isinstance(quad.object, ox.NamedNode | ox.Literal)
    }
    whose = dataset.get(_PUBLISHER)
    publisher = tuple(quad.triple for quad in quads if whose is not None and quad.subject == whose)
    return Credits(source.base, dataset, publisher)

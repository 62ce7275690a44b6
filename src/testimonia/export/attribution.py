"""Publisher, date, version and licence of a data set, from its own description."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES, expand
from testimonia.export.source import ExportSource
from testimonia.rdf.reading import get_value

_PUBLISHER = expand("dct:publisher")
_PASSED_OVER = (PREFIXES["void"], PREFIXES["rdf"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """The statements about a data set (its base IRI) by property, and those about its publisher."""

    base: str
    dataset: dict[str, ox.NamedNode | ox.Literal]
    publisher: tuple[ox.Triple, ...]

    def find(self, name: str) -> ox.NamedNode | ox.Literal | None:
        """Return the value of a property (`dct:license`), None where there is none."""
        return self.dataset.get(expand(name))

    def get_text(self, name: str) -> str:
        """Return the IRI or text of the value of a property, "" where there is none."""
        return get_value(self.find(name))


def read_attribution(source: ExportSource) -> Attribution:
    """Read the attribution of a source, empty where it has no description."""
    dataset: dict[str, ox.NamedNode | ox.Literal] = {}
    others: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in source.read_graph("dataset"):
        subject, value = get_value(quad.subject), quad.object
        if subject != source.base:
            others[subject].append(quad.triple)
        elif isinstance(value, ox.NamedNode | ox.Literal) and not quad.predicate.value.startswith(_PASSED_OVER):
            dataset[quad.predicate.value] = value
    publisher = dataset.get(_PUBLISHER)
    return Attribution(source.base, dataset, tuple(others[get_value(publisher)]) if publisher else ())

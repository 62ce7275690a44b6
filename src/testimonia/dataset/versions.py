"""The versions of the program, its ontology and the data in a folder."""

from pathlib import Path

from testimonia.core.layout import find_layout
from testimonia.core.version import __version__
from testimonia.dataset.graph import find_ontology_version
from testimonia.rdf.reading import read_turtle
from testimonia.rdf.store import read_manifest


def read_versions(start: Path) -> dict[str, str]:
    """Return name → version: `testimonia`, its `ontology`, and `data`, of the graph beside `start`."""
    layout = find_layout(start)
    return {
        "testimonia": __version__,
        "ontology": find_ontology_version(read_turtle([layout.ontology], layout.name)),
        "data": read_manifest(layout.graph).get("data", "not built (run: testimonia build)"),
    }

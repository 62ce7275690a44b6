"""Versions: a folder in, the versions of program, ontology and data out, as far as they are there."""

from pathlib import Path

from testimonia import __version__
from testimonia.build.graph import read_manifest
from testimonia.layout import find_layout


def read_versions(start: Path) -> dict[str, str]:
    """Give name → version: `testimonia`, and `ontology` and `data` of the graph that `start` lies beside.

    Without a built graph the two say so.
    """
    manifest = read_manifest(find_layout(start).graph)
    missing = "not built (run: make)"
    return {
        "testimonia": __version__,
        "ontology": manifest.get("ontology", missing),
        "data": manifest.get("data", missing),
    }

"""Whether the ontology agrees with itself, and which classes nothing can belong to, through owlready2.

owlready2 belongs to the extra `[reason]` and is imported only when a model is classified.
"""

import io
from collections.abc import Iterable
from importlib.util import find_spec

import pyoxigraph as ox

from testimonia.core.errors import TestimoniaError

_COPY = "urn:testimonia:copy#"


def find_unsatisfiable(triples: Iterable[ox.Triple], java: str) -> list[str] | None:
    """Return the IRIs of the classes that nothing can belong to, sorted; None for a model that contradicts itself.

    `triples` are as `copy_triple` gives them, `java` is the program to run HermiT with. TestimoniaError where the extra
    is missing or HermiT cannot read the model.
    """
    if find_spec("owlready2") is None:
        fix = "Install the extra: pip install 'testimonia[reason]'"
        raise TestimoniaError(f"reasoning needs the extra [reason], which is not installed here. {fix}")
    import owlready2  # noqa: PLC0415 - an extra; the base install has none

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    lines = "".join(f"{triple} .\n" for triple in triples).encode()
    world.get_ontology(_COPY).load(fileobj=io.BytesIO(lines), format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    except owlready2.base.OwlReadyJavaError as error:
        raise TestimoniaError("HermiT came to no verdict on the model. Check ontology/ first: make check") from error
    found = {cls.iri for cls in world.inconsistent_classes() if cls is not owlready2.Nothing}
    return sorted(found)

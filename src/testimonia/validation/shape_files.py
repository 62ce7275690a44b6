"""What SHACL's own shapes find wrong with the shapes of a model, looked up once for each version."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding, shorten
from testimonia.shacl.checking import Shapes
from testimonia.validation.cache import keep

if TYPE_CHECKING:
    from rdflib import Graph

_MEND = "Correct the shape (SHACL, appendix C)"


def check_shapes(shapes: Shapes, *, state: Path | None) -> None:
    """Raise InputError with all that SHACL's own shapes (appendix C) find wrong with the shapes of a model.

    That takes seconds, so the digest of shapes that were found right is kept in the folder `state`; where there is
    none, outside of a data set, the model is the installed one, whose shapes are right.
    """
    if state is None:
        return
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(shapes.folder.glob("*.ttl")))).hexdigest()
    kept = state / "shapes"
    if kept.is_file() and kept.read_text("utf-8", errors="replace").strip() == digest:
        return
    findings = find_wrong_shapes(shapes.graph, f"{shapes.folder.name}/")
    if findings:
        raise InputError(findings)
    keep(kept, f"{digest}\n")


def find_wrong_shapes(shapes: "Graph", name: str) -> list[Finding]:
    """Return a problem for each thing that is wrong with shapes; `name` is their folder's, as printed.

    >>> from rdflib import Graph
    >>> turtle = '''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
    ... e:S a sh:NodeShape ; sh:targetClass "C" .'''
    >>> [p.record for p in find_wrong_shapes(Graph().parse(data=turtle, format="turtle"), "shapes/")]
    ['<https://example.org/S>']
    """
    from pyshacl.entrypoints import meta_validate  # noqa: PLC0415 - half a second
    from rdflib import SH, URIRef  # noqa: PLC0415

    _, report, _ = meta_validate(shapes, inference="none")
    findings = []
    for result in report.objects(None, SH.result):
        focus, path, value, message = (
            report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
        )
        record = shorten(str(focus)) if isinstance(focus, URIRef) else "a part without a name"
        where = f"{shorten(str(path))} " if isinstance(path, URIRef) else ""
        shown = f"{value.n3()}: " if value is not None and isinstance(focus, URIRef) else ""
        findings.append(Finding.at(name, "wrong-shapes", record=record, found=f"{where}{shown}{message}", fix=_MEND))
    return sorted(findings)

"""The forms of export by name, and writing a source in one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from testimonia.core.errors import QueryError, find_nearest
from testimonia.export.annotations import prepare_annotations, write_pages
from testimonia.export.documents import prepare_jsonld
from testimonia.export.nanopubs import prepare_nanopubs
from testimonia.export.output import Bundle, open_bundle, open_file
from testimonia.export.source import ExportSource, Writer, split_source
from testimonia.export.statements import prepare_nquads, prepare_trig, prepare_turtle
from testimonia.export.tables import write_tables


@dataclass(frozen=True, slots=True)
class ExportForm:
    """A form that is one file, or, in a folder, one for each named graph (`interviews`: of interviews only).

    `prepare` returns a writer for a whole source and its parts, None for a form that is always several files.
    `write_bundle` writes these several files, where they are not just one for each graph.
    """

    suffix: str
    prepare: Callable[[ExportSource], Writer] | None
    interviews: bool = False
    write_bundle: Callable[[ExportSource, Bundle], None] | None = None


FORMS = {
    "turtle": ExportForm(".ttl", prepare_turtle),
    "trig": ExportForm(".trig", prepare_trig),
    "nquads": ExportForm(".nq", prepare_nquads),
    "jsonld": ExportForm(".jsonld", prepare_jsonld),
    "csv": ExportForm(".csv", None, write_bundle=write_tables),
    "annotations": ExportForm(".jsonld", prepare_annotations, interviews=True, write_bundle=write_pages),
    "nanopub": ExportForm(".trig", prepare_nanopubs, interviews=True),
}
"""The forms of export by name."""

MERGING = ("turtle", "trig", "nquads")
"""The forms that can include merged sources; the others are made for claims."""


def write_export(source: ExportSource, name: str, output: str) -> None:
    """Write a source in the form of this name to standard output (""), a file, a folder or an archive.

    An output that ends in a slash is a folder, in `.zip` an archive, in `.gz` a compressed file. QueryError when the
    form is unknown or cannot be written to such an output; InputError when a file cannot be read or written.
    """
    form = FORMS.get(name)
    if form is None:
        known = f"expected {', '.join(FORMS)}. {find_nearest(name, FORMS)}"
        raise QueryError(f'--to "{name}" is not known; {known}'.rstrip())
    if form.prepare is None:
        if not output or output.endswith((".gz", ".csv")):
            raise QueryError(f"--to {name} gives several files; expected --output FOLDER or --output NAME.zip")
    elif not output.endswith(("/", ".zip")):
        with open_file(output) as stream:
            form.prepare(source)(source, stream)
        return
    write = form.write_bundle or partial(_write_parts, form)
    with open_bundle(output) as bundle:
        write(source, bundle)


def _write_parts(form: ExportForm, source: ExportSource, bundle: Bundle) -> None:
    """Write a file for each named graph that the form is for."""
    assert form.prepare is not None, "a form of single files"
    write = form.prepare(source)
    for graph, part in split_source(source):
        if source.find_interview(graph) or not form.interviews:
            with bundle(f"{source.name_file(graph)}{form.suffix}") as stream:
                write(part, stream)

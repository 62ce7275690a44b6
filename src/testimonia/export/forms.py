"""The forms of export, and the files of each."""

from collections.abc import Callable
from dataclasses import dataclass

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
    """A form that is one file, or in a folder one for each named graph (`interviews`: for those of interviews alone).

    `prepare` looks at a whole source and gives what writes it, or a part of it; `write_bundle` writes several files
    where they are more than the parts.
    """

    suffix: str
    prepare: Callable[[ExportSource], Writer]
    interviews: bool = False
    write_bundle: Callable[[ExportSource, Bundle], None] | None = None


FORMS: dict[str, ExportForm | Callable[[ExportSource, Bundle], None]] = {
    "turtle": ExportForm(".ttl", prepare_turtle),
    "trig": ExportForm(".trig", prepare_trig),
    "nquads": ExportForm(".nq", prepare_nquads),
    "jsonld": ExportForm(".jsonld", prepare_jsonld),
    "csv": write_tables,
    "annotations": ExportForm(".jsonld", prepare_annotations, interviews=True, write_bundle=write_pages),
    "nanopub": ExportForm(".trig", prepare_nanopubs, interviews=True),
}
"""What can be exported, by name; a form that is always several files is what writes them."""


MERGING = ("turtle", "trig", "nquads")
"""The forms that take data of others too; the rest is made for what claims are."""


def write_export(source: ExportSource, name: str, output: str) -> None:
    """Write a source in the form of a name: to standard output (""), a file, or, in several files, a folder or archive.

    A name that ends in a slash is a folder's, `.zip` an archive's, `.gz` that of a compressed file. QueryError when the
    form is not known or cannot be written so; InputError when something cannot be read or written.
    """
    if name not in FORMS:
        raise QueryError(
            f'--to "{name}" is not known; expected {", ".join(FORMS)}. {find_nearest(name, FORMS)}'.rstrip()
        )
    form, several = FORMS[name], output.endswith(("/", ".zip"))
    if not isinstance(form, ExportForm) and (not output or output.endswith((".gz", ".csv"))):
        raise QueryError(f"--to {name} gives several files; expected --output FOLDER or --output NAME.zip")
    bundled = form.write_bundle if isinstance(form, ExportForm) else form
    if bundled and (several or not isinstance(form, ExportForm)):
        with open_bundle(output) as bundle:
            bundled(source, bundle)
    elif isinstance(form, ExportForm) and several:
        write = form.prepare(source)
        with open_bundle(output) as bundle:
            for graph, part in split_source(source):
                if source.find_interview(graph) or not form.interviews:
                    with bundle(f"{source.name_file(graph)}{form.suffix}") as stream:
                        write(part, stream)
    elif isinstance(form, ExportForm):
        with open_file(output) as stream:
            form.prepare(source)(source, stream)

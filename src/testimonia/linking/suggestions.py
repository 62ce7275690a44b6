"""Suggestions for one source of the workspace, cached beside its data while these stay the same."""

from pathlib import Path

from testimonia.core.atomic import write_file
from testimonia.core.errors import InputError
from testimonia.core.iris import mint_copied_node_iri, mint_entity_iri, mint_source_iri
from testimonia.core.layout import Layout
from testimonia.linking.drafts import DRAFT, digest_files, format_draft, read_draft
from testimonia.linking.ours import read_classes, read_ours
from testimonia.linking.suggesting import Suggestion, find_open, suggest
from testimonia.rdf.store import read_manifest
from testimonia.records.links import ENDING, read_links
from testimonia.sources.workspace import DATA, check_known


def find_suggestions(layout: Layout, name: str, workspace: Path | None) -> list[Suggestion]:
    """Return the suggestions for a source, those made before where nothing has changed since.

    InputError when the workspace has no source of this name.
    """
    path = find_data(workspace or layout.workspace, name)
    digest = digest_files([path, layout.graph / "entities.nq"])
    draft = path.with_name(DRAFT)
    found = read_draft(draft, digest)
    if found is None:
        base = str(read_manifest(layout.graph).get("base", ""))
        source = mint_source_iri(base, name)
        found = suggest(
            read_ours(layout.graph),
            path,
            stem=mint_copied_node_iri(source, ""),
            classes=read_classes(layout),
            links=read_links(layout.links),
        )
        header = {
            "mapping_set_id": f"{source}/suggestions",
            "license": "https://w3id.org/sssom/license/unspecified",
            "mapping_set_version": digest,
        }
        write_file(draft, format_draft(found, header, {"id": mint_entity_iri(base, "")}).encode())
    return found


def find_unjudged(layout: Layout, name: str, workspace: Path | None) -> list[Suggestion]:
    """Return the suggestions for a source that its file of links does not settle."""
    suggestions = find_suggestions(layout, name, workspace)
    own = [link for link in read_links(layout.links) if Path(link.path).name == f"{name}{ENDING}"]
    return find_open(suggestions, own)


def find_data(folder: Path, name: str) -> Path:
    """Return the data of a source in a workspace; InputError when it has none of this name."""
    if findings := check_known(folder, [name]):
        raise InputError(findings)
    return folder / name / DATA

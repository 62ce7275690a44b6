"""The same documents through another parser: rdflib's JSON-LD gives the same triples as pyoxigraph's."""

import json

import pyoxigraph as ox
from rdflib import Dataset

from testimonia.core.layout import Layout
from testimonia.dataset.graph import write_documents
from testimonia.dataset.project import read_lock, read_project
from testimonia.mapping.quads import map_document


def test_rdflib_reads_every_document_alike(example: Layout, project_layout: Layout) -> None:
    for layout in (example, project_layout):
        project = read_project(layout)
        base = project.records.base
        for document in write_documents(project.records, read_lock(layout), project.vocabulary):
            ours = {f"{quad.triple} ." for quad in map_document(document, base)}
            dataset = Dataset()
            dataset.parse(data=json.dumps(document), format="json-ld", publicID=base)
            nquads = dataset.serialize(format="nquads", encoding="utf-8")
            theirs = {f"{quad.triple} ." for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)}
            assert theirs == ours
            assert ours

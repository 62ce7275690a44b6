"""Build the files of `graph/` from records, lock and model, byte for byte the same each time."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.evidence import Lock
from testimonia.core.iris import mint_graph_iri
from testimonia.core.layout import MANIFEST, Layout
from testimonia.core.link import Link
from testimonia.core.namespaces import T, expand
from testimonia.core.record import Records
from testimonia.dataset.description import describe_dataset, find_vocabularies
from testimonia.dataset.partitions import describe_partitions
from testimonia.dataset.questions import describe_questions
from testimonia.mapping.documents import DocumentWriter
from testimonia.mapping.envelope import JsonNode
from testimonia.mapping.links import map_links
from testimonia.mapping.quads import map_document
from testimonia.mapping.tombstones import write_tombstones
from testimonia.questions.reading import read_questions
from testimonia.rdf.reading import get_value, read_turtle
from testimonia.vocabulary.reading import Vocabulary

_RDF_TYPE = ox.NamedNode(expand("rdf:type"))


@dataclass(frozen=True, slots=True)
class BuiltGraph:
    """The files of a graph folder by relative path, and how many triples each holds."""

    files: dict[str, bytes]
    triples: dict[str, int]


def write_documents(records: Records, lock: Lock, vocabulary: Vocabulary) -> list[JsonNode]:
    """Return the JSON-LD documents of a data set: one per interview, one of entities, of dates, of tombstones."""
    writer = DocumentWriter(records, vocabulary)
    documents = []
    for record in records.records:
        locked = lock.interviews[record.interview.text]
        documents.append(writer.write_record(record, locked, lock.sources[locked.source]))
    tombstones = [write_tombstones(records)] if records.withdrawn else []
    return [*documents, writer.write_entities(), writer.write_dates(), *tombstones]


def build_graph(
    layout: Layout, records: Records, lock: Lock, vocabulary: Vocabulary, links: Iterable[Link] = ()
) -> BuiltGraph:
    """Return the graph of a data set whose records, lock and links have been checked; nothing is written.

    InputError when its saved questions, which its description lists, cannot be used.
    """
    quads = [q for d in write_documents(records, lock, vocabulary) for q in map_document(d, records.base)]
    quads += _read_vocabulary_quads(layout, records.base)
    quads += map_links(links, records.base)
    lines: dict[str, set[str]] = defaultdict(set)
    stem = mint_graph_iri(records.base, "")
    for quad in quads:
        lines[get_value(quad.graph_name).removeprefix(stem)].add(f"{quad} .\n")
    counts = {name: len(found) for name, found in lines.items()}
    questions = read_questions(layout) if any(layout.questions.glob("*.rq")) else {}
    beside = describe_partitions(quads, records.base) + describe_questions(questions.values(), records.base)
    for quad in describe_dataset(records, counts, find_vocabularies(quads), beside):
        lines["dataset"].add(f"{quad} .\n")
    files = {f"{name}.nq": "".join(sorted(found)).encode() for name, found in sorted(lines.items())}
    triples = {f"{name}.nq": len(found) for name, found in sorted(lines.items())}
    manifest = {
        "base": records.base,
        "data": records.dataset["version"].text,
        "ontology": find_ontology_version(quads),
        "files": {n: {"sha256": hashlib.sha256(c).hexdigest(), "triples": triples[n]} for n, c in files.items()},
        "things": _count_things(quads),
    }
    files[MANIFEST] = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    return BuiltGraph(files, triples)


def _read_vocabulary_quads(layout: Layout, base: str) -> list[ox.Quad]:
    """Return the ontology and the terms as quads of the vocabulary graph, declarations of foreign terms included."""
    triples = read_turtle([layout.ontology, *sorted(layout.terms.glob("*.ttl"))], layout.name)
    graph = ox.NamedNode(mint_graph_iri(base, "vocabulary"))
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def find_ontology_version(statements: Iterable[ox.Quad | ox.Triple]) -> str:
    """Return the version that the ontology states of itself; "" where it is not among the statements."""
    ontology, version = ox.NamedNode(T.rstrip("#")), ox.NamedNode(expand("owl:versionInfo"))
    return next((get_value(s.object) for s in statements if s.subject == ontology and s.predicate == version), "")


def _count_things(quads: list[ox.Quad]) -> dict[str, int]:
    """Return how many nodes of each of our classes there are, by class name."""
    classes = (get_value(q.object) for q in set(quads) if q.predicate == _RDF_TYPE)
    return dict(sorted(Counter(cls.removeprefix(T) for cls in classes if cls.startswith(T)).items()))

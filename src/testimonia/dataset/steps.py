"""Show one claim of a data set on its way from words to triples, step by step.

Only for texts that may be shown (the invented ones): the first step prints the passage itself.
"""

import json
import re
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock
from testimonia.core.iris import mint_claim_iri
from testimonia.core.namespaces import PREFIXES
from testimonia.core.record import Claim
from testimonia.dataset.graph import BuiltGraph, write_documents
from testimonia.dataset.project import Project
from testimonia.texts.reading import read_texts

_SMALL = re.compile(r"[\[{]\n[^\[\]{}\n]*(?:\n[^\[\]{}\n]*)?\n\s*[\]}]|\[\n\s*\{[^{}\n]*\}\n\s*\]")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, one line of explanation, a text and the language it is written in (for colours)."""

    title: str
    note: str
    body: str
    language: str


def show_steps(project: Project, lock: Lock, built: BuiltGraph, interview: str, claim_id: str) -> list[Step]:
    """Return the steps of one claim: its passage, its record, its place in the lock, its document, its triples.

    InputError when there is no such claim. The texts must stand in `texts/` of the data set.
    """
    record = next((r for r in project.records.records if r.interview.text == interview), None)
    claim = next((c for c in record.claims if c.id.text == claim_id), None) if record else None
    if record is None or claim is None:
        known = ", ".join(r.interview.text for r in project.records.records)
        expected = f"INTERVIEW/ID, of {known}"
        raise InputError.at(f"{interview}/{claim_id}", "not-found", found="no such claim", expected=expected)
    locked = lock.interviews[interview]
    passage = locked.passages[claim.quotes[0].cue.key]
    source = read_texts(project.layout.root / "texts").readings[locked.source].source
    iri = mint_claim_iri(project.records.base, interview, claim_id)
    document = next(
        node
        for written in write_documents(project.records, lock, project.vocabulary)
        for node in written["@graph"]
        if node["@id"] == iri
    )
    place = {"turn": passage.turn, "start": passage.start, "end": passage.end, "sha256": passage.sha256}
    where = f"{locked.source}, code points {passage.start} to {passage.end}"
    words = f"{where}, turn {passage.turn}, speaker: {claim.speaker}"
    found = json.dumps({claim.quotes[0].cue.key: place}, indent=2, ensure_ascii=False)
    context = "The claim as JSON-LD; the context says what each key becomes."
    return [
        Step("The words", words, source.text[passage.start : passage.end], "text"),
        Step("The record", "Written by a person: a cue, a gist, what is told.", _show_record(claim, project), "yaml"),
        Step("The lock", "Where the cue was found, and nowhere else.", found, "json"),
        Step("The document", context, _show_json(document), "json"),
        Step("The triples", "What a query sees.", _show_turtle(built, iri, project.records.base), "turtle"),
    ]


def _show_record(claim: Claim, project: Project) -> str:
    """Return the lines of the record that the claim stands on."""
    lines = (project.layout.root / claim.position.path).read_text("utf-8").splitlines()
    first = claim.position.line - 1
    rest = next((n for n in range(first + 1, len(lines)) if lines[n].startswith("- ")), len(lines))
    return "\n".join(lines[first:rest]).rstrip()


def _show_json(document: object) -> str:
    """Return a document with small objects and lists on one line each."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    while (joined := _SMALL.sub(lambda match: " ".join(match[0].split()), text)) != text:
        text = joined
    return text


def _show_turtle(built: BuiltGraph, iri: str, base: str) -> str:
    """Return the triples of a claim and its parts as Turtle, without the prefix lines."""
    files = [content for name, content in built.files.items() if name.endswith(".nq")]
    triples = (quad.triple for content in files for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS))
    own = sorted((t for t in triples if f"{str(t.subject)[1:-1]}/".startswith(f"{iri}/")), key=str)
    own.sort(key=lambda triple: str(triple.subject) != f"<{iri}>")
    short = {p: PREFIXES[p] for p in ("oa", "rdfs", "t", "xsd")}
    prefixes = {**short, "id": f"{base}id/", "date": f"{base}date/", "claim": iri.rpartition("/")[0] + "/"}
    text = ox.serialize(own, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    body = (text or b"").decode()
    return "\n".join(line for line in body.splitlines() if not line.startswith("@prefix"))

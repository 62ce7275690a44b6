"""What the reasoner finds to contradict itself, as findings about claims.

A run takes seconds, so its findings are kept in a folder under a digest of all that they depend on: model, graph,
the versions of program and reasoner. Whatever cannot be read there is passed over, and made anew.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.atomic import write_file
from testimonia.core.findings import Finding, restore_finding, shorten
from testimonia.core.layout import Layout
from testimonia.core.version import __version__
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import read_store
from testimonia.validation.reasoning.hermit import find_hermit
from testimonia.validation.reasoning.verdicts import Contradiction, ReasonerVerdict, check_consistency, read_model

CACHE = "axioms.json"


def check_axioms(layout: Layout, folder: Path, *, cache: Path | None) -> list[Finding]:
    """Return what in the graph of a folder contradicts the axioms of the model, sorted; none when it is consistent.

    `cache` is a folder for findings of earlier runs, which is made where it is missing, or None to reason always.
    TestimoniaError, in one line, where a run is needed and the extra [reason] or Java is missing, or HermiT comes to no
    verdict; InputError for files that cannot be read.
    """
    digest = _make_digest(layout, folder) if cache is not None else ""
    kept = read_cache(cache / CACHE, digest) if cache is not None else None
    if kept is not None:
        return kept
    hermit = find_hermit()
    verdict = check_consistency(read_model(layout), read_store(folder), hermit)
    findings = find_clashes(verdict)
    if cache is not None:
        with suppress(OSError):  # a cache that cannot be written costs time, nothing else
            write_file(cache / CACHE, format_cache(findings, digest))
    return findings


def find_clashes(verdict: ReasonerVerdict) -> list[Finding]:
    """Return a verdict as findings: one per claim of a contradiction, per impossible class, per undeclared term.

    >>> find_clashes(ReasonerVerdict(True, ("https://example.org/Both",), (), (), True, 9, 1))[0].message
    'Nothing can be a <https://example.org/Both>: its axioms contradict each other.'
    """
    found = [*_find_model_clashes(verdict)]
    for contradiction in verdict.contradictions:
        message = "It contradicts the axioms. These statements cannot all hold: " + _name_statements(contradiction)
        fix = "Correct the record: mostly the key of the claim does not fit what the happening is elsewhere"
        subjects = contradiction.claims or (get_value(contradiction.triples[0].subject),)
        found += [Finding.on(subject, "contradiction", found=message, fix=fix) for subject in subjects]
    if not verdict.complete:
        message = "There may be more contradictions than those that were named."
        found.append(Finding.on("", "more-contradictions", found=message, fix="Mend these, then validate again"))
    return sorted(set(found))


def _find_model_clashes(verdict: ReasonerVerdict) -> Iterator[Finding]:
    for iri in verdict.unsatisfiable:
        message = f"Nothing can be a {shorten(iri)}: its axioms contradict each other."
        yield Finding.on(iri, "unsatisfiable-class", found=message, fix="Correct the class in ontology/")
    for iri, times in verdict.undeclared:
        message = f"A property or class that nobody declared; the graph uses it {times} times."
        yield Finding.on(
            iri, "unknown-to-the-reasoner", found=message, fix="Define it in ontology/, or correct its name"
        )


def _name_statements(contradiction: Contradiction) -> str:
    """Return the statements of a contradiction in one line; what a literal says is left out."""

    def show(term: object) -> str:
        if isinstance(term, ox.Literal):
            return f"a value ({shorten(term.datatype.value)})"
        return shorten(iri) if (iri := get_value(term)) else "something"

    lines = [" ".join(map(show, (t.subject, t.predicate, t.object))) for t in contradiction.triples]
    return "; ".join(lines) + "."


def _make_digest(layout: Layout, folder: Path) -> str:
    """Return the digest of all that a verdict depends on, in hexadecimal; OSError for a file that cannot be read."""
    try:
        reasoner = version("owlready2")
    except PackageNotFoundError:
        reasoner = ""
    digest = hashlib.sha256(f"{__version__} {reasoner}".encode())
    for path in (*layout.ontology_files, *sorted(layout.terms.glob("*.ttl")), *sorted(folder.rglob("*.nq"))):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"\n{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def format_cache(findings: list[Finding], digest: str) -> bytes:
    """Return findings as they are kept: JSON with the digest that they belong to."""
    kept = [asdict(finding) for finding in findings]
    return json.dumps({"digest": digest, "findings": kept}, ensure_ascii=False).encode()


def read_cache(path: Path, digest: str) -> list[Finding] | None:
    """Return the findings that are kept under a digest; None where there are none, or the file is damaged."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("digest") != digest or not isinstance(kept.get("findings"), list):
        return None
    try:
        return sorted(restore_finding(facts) for facts in kept["findings"])
    except (TypeError, KeyError, ValueError):  # damaged, or kept by another version
        return None

"""Terms that are undefined, unexplained, deprecated or unused.

An unused concept is no mistake where an editorial note, on the concept or its scheme, says why it is there. Nor is it
one of a data set whose model is somebody else's: there, only the terms that it uses are looked at.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from testimonia.core.findings import Finding, shorten
from testimonia.core.layout import Layout
from testimonia.core.namespaces import TERM, expand
from testimonia.validation.terms import ONTOLOGY, ModelTerms, collect_terms, is_ours

_KINDS = {expand(f"owl:{name}") for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")} | {
    expand("rdfs:Datatype")
}
_CONCEPT, _SCHEME = expand("skos:Concept"), expand("skos:ConceptScheme")
_WANTED = {
    "term": ("rdfs:label", "skos:definition", "skos:example"),
    "concept": ("skos:prefLabel", "skos:definition", "skos:example", "skos:scopeNote"),
    "scheme": ("skos:prefLabel", "skos:definition"),
}
"""What each term, concept and scheme says of itself."""
_PARENTS = ("skos:broader", "rdfs:subClassOf")


def check_hygiene(layout: Layout, store: ox.Store) -> list[Finding]:
    """Return what is wrong with the terms of a model and their use in a store with its graph, sorted.

    Of a data set under a model that lies elsewhere, what is wrong with its use of terms. InputError when a file of the
    model cannot be read.
    """
    terms = collect_terms(layout, store)
    checks = [_find_undefined, _find_deprecated]
    if layout.root == layout.model:
        checks += [_find_unexplained, _find_unused]
    return sorted({finding for check in checks for finding in check(terms)})


def _find_undefined(terms: ModelTerms) -> Iterator[Finding]:
    """Find terms of ours that nobody defines, and terms of others that nobody declares."""
    for iri in sorted({*terms.model_uses, *terms.graph_uses} - terms.statements.keys()):
        message = f"The term is used ({_name_places(terms, iri)}) and not defined."
        fix = "Define it in ontology/, or correct its name where it is used"
        yield Finding.on(iri, "undefined-term", found=message, fix=fix)
    for iri in sorted(terms.foreign - terms.declared):
        message = "A property or class of another vocabulary is used and not declared."
        yield Finding.on(iri, "undeclared-term", found=message, fix="Declare it in ontology/imports.ttl")


def _name_places(terms: ModelTerms, iri: str) -> str:
    places = sorted(terms.model_uses.get(iri, ()))
    nodes = sorted(terms.graph_uses.get(iri, ()))
    if nodes:
        places.append(f"graph/, {len(nodes)} node{'s' * (len(nodes) != 1)}, first {shorten(nodes[0])}")
    return "; ".join(places)


def _sort(terms: ModelTerms, iri: str) -> str | None:
    """Return what a subject of the vocabulary is; None for what is neither term, concept nor scheme."""
    kinds = set(terms.statements[iri].get(expand("rdf:type"), ()))
    if _CONCEPT in kinds:
        return "concept"
    if _SCHEME in kinds:
        return "scheme"
    return "term" if kinds & _KINDS else None


def _find_unexplained(terms: ModelTerms) -> Iterator[Finding]:
    """Find terms that do not say what they are called, what they mean, or show it."""
    for iri in terms.statements:
        sort = _sort(terms, iri)
        for name in _WANTED.get(sort or "", ()):
            if not terms.get_values(iri, name):
                message, fix = f"The {sort} has no {name}.", "Write it where the term is defined, in ontology/"
                yield Finding.on(iri, "unexplained-term", found=message, fix=fix, path=expand(name))
        if sort is None and iri != ONTOLOGY:
            message, fix = (
                "It is described in ontology/ and is no class, property, concept or scheme.",
                "Give its class",
            )
            yield Finding.on(iri, "unexplained-term", found=message, fix=fix, path=expand("rdf:type"))


def _is_deprecated(terms: ModelTerms, iri: str) -> bool:
    return any(value in {"true", "1"} for value in terms.get_values(iri, "owl:deprecated"))


def _find_deprecated(terms: ModelTerms) -> Iterator[Finding]:
    """Find deprecated terms that nothing replaces, and their uses."""
    for iri in terms.statements:
        if not _is_deprecated(terms, iri):
            continue
        successors = terms.get_values(iri, "dct:isReplacedBy")
        usable = [s for s in successors if not is_ours(s) or (s in terms.statements and not _is_deprecated(terms, s))]
        if not usable:
            message = "The term is deprecated, and no term that can be used replaces it."
            fix = "Say dct:isReplacedBy with a term that is defined and not deprecated"
            yield Finding.on(
                iri, "deprecated-without-successor", found=message, fix=fix, path=expand("dct:isReplacedBy")
            )
        if iri in terms.model_uses or iri in terms.graph_uses:
            named = ", ".join(shorten(s) for s in usable) or "another term"
            message = f"The term is deprecated and still used ({_name_places(terms, iri)})."
            yield Finding.on(
                iri, "deprecated-term", found=message, fix=f"Use {named} instead", path=expand("owl:deprecated")
            )


def _find_unused(terms: ModelTerms) -> Iterator[Finding]:
    """Find terms that neither graph nor model uses, and concepts that one node alone uses; deprecated ones may be."""
    parents = {parent for iri in terms.statements for name in _PARENTS for parent in terms.get_values(iri, name)}
    for iri in terms.statements:
        sort = _sort(terms, iri)
        if _is_deprecated(terms, iri) or iri in parents or sort is None:
            continue
        named = terms.model_uses.get(iri, set())
        if sort == "concept":
            yield from _find_rare(terms, iri, bool(named - {"ontology/"}))
        elif not named and not terms.graph_uses.get(iri):
            message = f"Neither the graph nor the model uses the {sort}."
            fix = "Use it, or take it out (one that was published: deprecate it)"
            yield Finding.on(iri, "unused-term", found=message, fix=fix)


def _find_rare(terms: ModelTerms, iri: str, in_model: bool) -> Iterator[Finding]:
    """Find a concept that no node, or only one, uses; a note may say why that is so."""
    schemes = terms.get_values(iri, "skos:inScheme")
    nodes = terms.graph_uses.get(iri, set())
    if len(nodes) > 1 or in_model or any(map(terms.has_note, (iri, *schemes))):
        return
    slug = iri.removeprefix(TERM)
    message = f"One node alone uses the concept {slug}." if nodes else f"Nothing uses the concept {slug}."
    fix = "Use a broader one, or say in a skos:editorialNote why it is there"
    yield Finding.on(iri, "concept-used-once" if nodes else "unused-concept", found=message, fix=fix)

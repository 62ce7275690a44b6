"""Read what a record may say from context, kinds, shapes and terms; nothing of it is written in Python.

A new property needs one line in the context and one property shape; from them follow the key that records use, where
it may stand, how often, and what stands behind it.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyoxigraph as ox

from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.core.namespaces import TERM, T, expand
from testimonia.core.record import Word
from testimonia.core.yaml_tree import Block, parse_tree
from testimonia.rdf.reading import climb, get_value, read_turtles
from testimonia.vocabulary.orders import find_orders

_SHACL = {name: ox.NamedNode(expand(f"sh:{name}")) for name in ("property", "path", "maxCount", "targetClass")}
_IN_SCHEME = ox.NamedNode(expand("skos:inScheme"))
_DEFINITION = ox.NamedNode(expand("skos:definition"))
_SUBCLASS = ox.NamedNode(expand("rdfs:subClassOf"))
CLAIM_CLASS = "Claim"
_LABEL = expand("rdfs:label")


class Takes(StrEnum):
    """What a key takes as its value."""

    TERM = "term"
    ENTITY = "entity"
    DATE = "date"
    TRUTH = "true"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the context: the property it becomes, what it takes, of which scheme, how often on which class.

    `in_languages` says whether its texts may be given by language: those of every text in a language but the one name.
    """

    name: str
    property: str
    takes: Takes
    scheme: str | None
    most: dict[str, int | None]
    in_languages: bool = False


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim: its key, the class of the thing (local name), modality (slug), what the value names."""

    name: str
    cls: str | None
    modality: str | None
    names: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that a record may say: keys, kinds, entity classes, terms (scheme → slug → definition).

    `orders` are pairs of keys whose dates may not lie the other way round on one claim, `renamed` old names of keys.
    """

    context: dict[str, Any]
    keys: dict[str, Key]
    kinds: dict[str, ClaimKind]
    entity_classes: dict[str, str]
    terms: dict[str, dict[str, str]]
    superclasses: dict[str, frozenset[str]]
    orders: tuple[tuple[str, str], ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)

    def find_keys(self, cls: str) -> dict[str, Key]:
        """Return the keys that a node of a class (local name) may have, by its own shape and its superclasses'."""
        among = self.superclasses.get(cls, frozenset()) | {cls}
        found: dict[str, Key] = {}
        for name, key in self.keys.items():
            limits = [key.most[shape] for shape in among if shape in key.most]
            if limits and 0 not in limits:  # `sh:maxCount 0` on a subclass takes an inherited key away
                found[name] = key
        return found

    @property
    def claim_keys(self) -> dict[str, Key]:
        """The keys that a claim may have beside the envelope's (its gist is its label) and its kind."""
        return {name: key for name, key in self.find_keys(CLAIM_CLASS).items() if key.property != _LABEL}

    def find_modality(self, cls: str) -> str | None:
        """Return the modality that the kinds give a class of happenings; None where they give none or several."""
        fixed = {k.modality for k in self.kinds.values() if k.cls == cls}
        return fixed.pop() if len(fixed) == 1 else None


def read_vocabulary(layout: Layout) -> Vocabulary:
    """Read context, kinds, shapes, ontology and terms; InputError lists what cannot be read."""
    try:
        context = json.loads(layout.context.read_text("utf-8"))["@context"]
    except (ValueError, KeyError) as error:
        raise InputError.at(
            layout.name(layout.context), "context-form", found=f"not a JSON-LD context: {error}"
        ) from error
    kinds, findings = parse_tree(layout.kinds.read_text("utf-8"), layout.name(layout.kinds))
    if kinds is None or findings:
        raise InputError(findings)
    folders = (sorted(layout.shapes.glob("*.ttl")), sorted(layout.terms.glob("*.ttl")), [layout.ontology])
    shapes, terms, ontology = read_turtles(folders, layout.name)
    paths = _find_paths(shapes)
    findings = _check_context(layout.name(layout.context), context)
    findings += _check_kinds(kinds, _read_terms(terms).get("modality", {}))
    if findings:
        raise InputError(findings)
    keys = {n: _read_key(n, line, context, paths) for n, line in context.items() if isinstance(line, dict)}
    names = {key.property: name for name, key in keys.items()}
    return Vocabulary(
        context=context,
        keys=keys,
        kinds={w.text: _read_kind(w.text, block) for w, block in _block(kinds, "claims")},
        entity_classes=_read_words(kinds, "entities"),
        terms=_read_terms(terms),
        superclasses=_read_superclasses(ontology),
        orders=tuple((names[one], names[two]) for one, two in find_orders(shapes) if {one, two} <= names.keys()),
        renamed=_read_words(kinds, "renamed"),
    )


def _check_context(path: str, context: Any) -> list[Finding]:
    """Find lines of the context that are no keys: without an `@id`, or with a prefix that is not declared."""
    if not isinstance(context, dict):
        return [Finding.at(path, "context-form", found="a @context that is no object", expected="prefixes and keys")]
    findings = []
    for name, line in context.items():
        iri = line.get("@id") if isinstance(line, dict) else line
        if not isinstance(iri, str) or (isinstance(line, dict) and iri.partition(":")[0] not in context):
            found, expected = "no @id with a declared prefix", '{"@id": "t:…"}'
            findings.append(Finding.at(path, "context-form", record=f"key {name}", found=found, expected=expected))
    return findings


def _check_kinds(kinds: Block, modalities: dict[str, str]) -> list[Finding]:
    """Find kinds that do not say what their value names, or name a modality that is no term."""
    findings = []
    for word, block in _block(kinds, "claims"):
        record = f"kind {word.text}"
        if not isinstance(block, Block) or not isinstance(block.entries.get("names"), Word):
            found, expected = 'no "names"', "type, a key, entity or happening"
            findings.append(Finding.at(word, "kinds-form", record=record, found=found, expected=expected))
            continue
        modality = block.entries.get("modality")
        if isinstance(modality, Word) and modality.text not in modalities:
            found, fix = f'modality "{modality.text}" is no term', find_nearest(modality.text, modalities)
            findings.append(Finding.at(word, "kinds-form", record=record, found=found, fix=fix))
    return findings


def _block(tree: Block, name: str) -> Block:
    block = tree.entries.get(name)
    return block if isinstance(block, Block) else Block({}, {}, tree.position)


def _read_words(tree: Block, name: str) -> dict[str, str]:
    return {w.text: v.text for w, v in _block(tree, name) if isinstance(v, Word)}


def _find_paths(shapes: list[ox.Triple]) -> dict[str, dict[str, int | None]]:
    """Return property IRI → class (local name) → sh:maxCount, from the property shapes that a class's shape names."""
    objects: dict[tuple[Any, ox.NamedNode], list[Any]] = {}
    for triple in shapes:
        objects.setdefault((triple.subject, triple.predicate), []).append(triple.object)
    found: dict[str, dict[str, int | None]] = {}
    for (subject, predicate), targets in objects.items():
        if predicate != _SHACL["targetClass"]:
            continue
        classes = [target.value.removeprefix(T) for target in targets]
        for shape in objects.get((subject, _SHACL["property"]), []):
            path = objects.get((shape, _SHACL["path"]), [None])[0]
            if isinstance(path, ox.NamedNode):
                counts = objects.get((shape, _SHACL["maxCount"]), [])
                most = min((int(count.value) for count in counts), default=None)
                found.setdefault(path.value, {}).update(dict.fromkeys(classes, most))
    return found


def _read_key(name: str, line: dict[str, Any], context: dict[str, Any], paths: dict[str, dict[str, int | None]]) -> Key:
    """Return the key that a line of the context defines."""
    prefix, _, local = line["@id"].partition(":")
    iri = context[prefix] + local
    base = line.get("@context", {}).get("@base", "")
    takes, scheme = Takes.TEXT, None
    if base == "id/":
        takes = Takes.ENTITY
    elif base == "date/":
        takes = Takes.DATE
    elif base.startswith(TERM):
        takes, scheme = Takes.TERM, base.removeprefix(TERM).rstrip("/")
    elif line.get("@type") == "xsd:boolean":
        takes = Takes.TRUTH
    return Key(name, iri, takes, scheme, paths.get(iri, {}), "@language" in line and iri != _LABEL)


def _read_kind(name: str, block: Any) -> ClaimKind:
    values = {w.text: v.text for w, v in block if isinstance(v, Word)}
    return ClaimKind(name, values.get("class"), values.get("modality"), values["names"])


def _read_terms(triples: list[ox.Triple]) -> dict[str, dict[str, str]]:
    """Return scheme → slug → definition of all concepts."""
    definitions = {t.subject: get_value(t.object) for t in triples if t.predicate == _DEFINITION}
    terms: dict[str, dict[str, str]] = {}
    for triple in triples:
        if triple.predicate == _IN_SCHEME:
            scheme, _, slug = get_value(triple.subject).removeprefix(TERM).partition("/")
            terms.setdefault(scheme, {})[slug] = definitions.get(triple.subject, "")
    return {scheme: dict(sorted(slugs.items())) for scheme, slugs in sorted(terms.items())}


def _read_superclasses(triples: list[ox.Triple]) -> dict[str, frozenset[str]]:
    """Return class → all its superclasses (local names)."""
    direct: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate == _SUBCLASS:
            direct.setdefault(get_value(triple.subject).removeprefix(T), set()).add(
                get_value(triple.object).removeprefix(T)
            )
    return {cls: frozenset(climb(parents, lambda other: direct.get(other, set()))) for cls, parents in direct.items()}

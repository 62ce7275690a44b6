"""All named things of ontology, terms, shapes, context and codes, for look-up by name."""

from dataclasses import dataclass
from functools import cached_property

from testimonia.core.codes import Code, read_codes, read_rules
from testimonia.core.layout import Layout
from testimonia.core.namespaces import TERM, T, expand
from testimonia.rdf.reading import get_value, read_turtles
from testimonia.shacl.graphs import read_shapes_graph
from testimonia.shacl.shapes import Shape, find_shapes
from testimonia.validation.queries import ViolationQuery, read_checks
from testimonia.vocabulary.reading import Key, Vocabulary, read_vocabulary

_CLASSES = {expand("owl:Class"), expand("rdfs:Class")}
_PROPERTIES = {expand("owl:ObjectProperty"), expand("owl:DatatypeProperty")}


@dataclass(frozen=True, slots=True)
class Definition:
    """A class, a property, a scheme or a concept: its IRI and the values of each predicate (prefixed name → texts)."""

    iri: str
    values: dict[str, tuple[str, ...]]

    def get(self, predicate: str) -> str:
        """Return the first value of a predicate, or ""."""
        return next(iter(self.values.get(predicate, ())), "")

    @property
    def label(self) -> str:
        """What it is called."""
        return self.get("skos:prefLabel") or self.get("rdfs:label")

    @property
    def name(self) -> str:
        """Its name as people write it: t:Act, happening/raid."""
        return "t:" + self.iri.removeprefix(T) if self.iri.startswith(T) else self.iri.removeprefix(TERM)


_READ = (
    "rdf:type", "rdfs:label", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range",
    "skos:prefLabel", "skos:definition", "skos:scopeNote", "skos:example", "skos:notation", "skos:broader",
)  # fmt: skip


@dataclass
class Model:
    """All definitions, in the order of their files; read when first asked for."""

    layout: Layout

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Keys, kinds and schemes as records see them."""
        return read_vocabulary(self.layout)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """Named shapes by local name."""
        found = find_shapes(read_shapes_graph(self.layout.shapes))
        return {shape.iri.rpartition("#")[2]: shape for shape in found}

    @cached_property
    def codes(self) -> dict[str, Code]:
        """The catalogues: kinds of problems, then rules of the graph that are neither shape nor query."""
        return read_codes() | read_rules()

    @cached_property
    def checks(self) -> dict[str, ViolationQuery]:
        """Violation queries by slug."""
        return {check.slug: check for check in read_checks(self.layout.checks)}

    @cached_property
    def _definitions(self) -> tuple[dict[str, Definition], dict[str, Definition]]:
        groups = ([self.layout.ontology], sorted(self.layout.terms.glob("*.ttl")))
        wanted = {expand(name): name for name in _READ}
        found = []
        for triples in read_turtles(groups, self.layout.name):
            values: dict[str, dict[str, list[str]]] = {}
            for triple in triples:
                if (predicate := wanted.get(triple.predicate.value)) is not None:
                    entry = values.setdefault(get_value(triple.subject), {})
                    entry.setdefault(predicate, []).append(get_value(triple.object))
            found.append(
                {iri: Definition(iri, {p: tuple(texts) for p, texts in entry.items()}) for iri, entry in values.items()}
            )
        return found[0], found[1]

    @cached_property
    def classes(self) -> dict[str, Definition]:
        """Classes of the ontology, by IRI."""
        return {iri: d for iri, d in self._definitions[0].items() if _CLASSES & set(d.values.get("rdf:type", ()))}

    @cached_property
    def properties(self) -> dict[str, Definition]:
        """Properties of the ontology, by IRI."""
        return {iri: d for iri, d in self._definitions[0].items() if _PROPERTIES & set(d.values.get("rdf:type", ()))}

    @cached_property
    def schemes(self) -> dict[str, Definition]:
        """Schemes of terms, by slug."""
        return {d.name: d for iri, d in self._definitions[1].items() if iri.startswith(TERM) and "/" not in d.name}

    @cached_property
    def terms(self) -> dict[str, Definition]:
        """Concepts by scheme/slug."""
        return {d.name: d for iri, d in self._definitions[1].items() if iri.startswith(TERM) and "/" in d.name}

    def find_key(self, iri: str) -> Key | None:
        """Return the key of records that becomes a property; None for one that the program writes itself."""
        return next((key for key in self.vocabulary.keys.values() if key.property == iri), None)

    def find_shapes_of(self, iri: str) -> list[str]:
        """Return the local names of the shapes that check a property, or target a class."""
        return [name for name, shape in self.shapes.items() if shape.path == iri or iri in shape.targets]

    def find_narrower(self, term: Definition) -> list[str]:
        """Return the names of the concepts right below one."""
        return [d.name for d in self.terms.values() if term.iri in d.values.get("skos:broader", ())]

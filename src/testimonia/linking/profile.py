"""The profile of a thing, ours or theirs: what tells whether it is the same as another."""

from dataclasses import dataclass, field

from testimonia.core.dates import DateSpan
from testimonia.core.namespaces import expand

NAMING = {
    *(expand(name) for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "dct:title")),
    *(expand(name) for name in ("foaf:name", "foaf:nick", "schema:name", "schema:alternateName", "schema:legalName")),
    *(f"http://schema.org/{name}" for name in ("name", "alternateName")),
    *(f"http://www.geonames.org/ontology#{name}" for name in ("name", "alternateName", "officialName")),
    "http://purl.org/dc/elements/1.1/title",
    "http://www.w3.org/2008/05/skos-xl#literalForm",
}
"""Properties whose values are names."""

MAIN = {expand("rdfs:label"), expand("skos:prefLabel"), expand("schema:name"), expand("foaf:name"), expand("dct:title")}
"""Those of them that hold the main name of a thing."""

_LONGEST_NAME = 200


@dataclass(slots=True)
class Profile:
    """A thing by its IRI: names (text → language), classes, codes (property, text), dates, IRIs that it names.

    `main` is language → main name.
    """

    iri: str
    names: dict[str, str] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    dates: list[DateSpan] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    main: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What it is called: its main name in English, else its first main name, else its first."""
        return self.main.get("en") or next(iter((*self.main.values(), *self.names)), "")

    def add_name(self, text: str, language: str, *, main: bool = False) -> None:
        """Note a name once; what is longer than any name is no name."""
        if text and len(text) <= _LONGEST_NAME:
            self.names.setdefault(text, language)
            if main:
                self.main.setdefault(language, text)

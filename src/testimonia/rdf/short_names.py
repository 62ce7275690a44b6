"""Conversion between IRIs of a data set and short names for people."""

import re
from dataclasses import dataclass

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.iris import SLUG
from testimonia.core.layout import Layout
from testimonia.core.namespaces import PREFIXED, PREFIXES, TERM, T, abbreviate
from testimonia.core.record import Position, Word

SPACES = ("id", "date", "interview")
"""The spaces of names below a data set's base IRI; `term/<scheme>` is below the vocabulary's."""

_TERM = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
"""The name of a term; currencies have codes in capitals."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The short names of the nodes of one data set (its `base` IRI)."""

    base: str

    def shorten(self, iri: str) -> str:
        """Return the short name of an IRI, or the IRI itself if no known namespace fits.

        >>> naming = Naming("https://example.org/")
        >>> naming.shorten("https://example.org/id/mira-solen")
        'mira-solen'
        >>> naming.shorten("https://example.org/interview/val-solen/claim/5")
        'val-solen#5'
        >>> naming.shorten("https://w3id.org/testimonia/term/happening/raid")
        'raid'
        >>> naming.shorten("http://www.w3.org/2004/02/skos/core#broader")
        'skos:broader'
        """
        if iri.startswith(TERM) and iri.count("/", len(TERM)) == 1:
            return iri.rpartition("/")[2]
        short = abbreviate(iri, PREFIXED | {T: ""} | {self.get_stem(space): "" for space in SPACES})
        return short.replace("/claim/", "#", 1) if iri.startswith(self.get_stem("interview")) else short

    def expand(self, name: str, space: str) -> str:
        """Return the IRI of a user's name: a slug of the space (`id`, `term/charge` …), a prefixed name, or an IRI.

        A name that is none of these is returned unchanged.

        >>> naming = Naming("https://example.org/")
        >>> naming.expand("mira-solen", "id"), naming.expand("raid", "term/happening")
        ('https://example.org/id/mira-solen', 'https://w3id.org/testimonia/term/happening/raid')
        >>> naming.expand("GBP", "term/unit")
        'https://w3id.org/testimonia/term/unit/GBP'
        >>> naming.expand("t:Act", "")
        'https://w3id.org/testimonia/ontology#Act'
        """
        if SLUG.fullmatch(name) if space in SPACES else space and _TERM.fullmatch(name):
            return self.get_stem(space) + name
        prefix, colon, local = name.partition(":")
        if colon and prefix in PREFIXES and not local.startswith("//"):
            return PREFIXES[prefix] + local
        return name

    def get_stem(self, space: str) -> str:
        """Return the stem that the IRIs of a space begin with."""
        return TERM + space.removeprefix("term/") + "/" if space.startswith("term/") else f"{self.base}{space}/"


def declare_prefixes(*prefixes: str) -> str:
    """Return the PREFIX declarations of a query for some of the project's prefixes.

    >>> declare_prefixes("t")
    'PREFIX t: <https://w3id.org/testimonia/ontology#> '
    """
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in prefixes)


def read_naming(layout: Layout) -> Naming:
    """Read the naming of a data set from its settings; InputError when they have no valid base IRI."""
    name = layout.name(layout.dataset)
    tree, findings = read_yaml(layout.dataset, name)
    base = tree.entries.get("base") if tree else None
    if findings or not isinstance(base, Word) or not base.text.endswith("/"):
        raise InputError(
            findings
            or [
                Finding.at(
                    Position(name, 1, 1),
                    "key-missing",
                    found='no "base"',
                    expected="an IRI that ends in a slash",
                    fix="Add it",
                )
            ]
        )
    return Naming(base.text)

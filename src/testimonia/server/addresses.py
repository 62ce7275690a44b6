"""Addresses: the path of a request in, the IRI it stands for out, and the other way round.

Whatever host serves it, `https://w3id.org/testimonia/id/x` is found at `/id/x`: below a data set's base IRI by the rest
of the IRI, terms, ontology and shapes below the vocabulary's. A suffix (`.ttl`) asks for a format.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from testimonia.core.namespaces import VOCABULARY_BASE

SUFFIXES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
"""Suffix of an address → media type; the first is what who accepts anything gets."""

_OF_THE_VOCABULARY = ("term", "ontology", "shapes")
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class NodeAddresses:
    """Where the nodes of a data set with this base IRI are found on the server."""

    base: str

    def find_iri(self, path: str) -> str:
        """Return the IRI that a path stands for; however its characters are encoded, it is written as we mint it.

        >>> NodeAddresses("https://example.org/").find_iri("/date/2031-05%3f")
        'https://example.org/date/2031-05%3F'
        >>> NodeAddresses("https://example.org/").find_iri("/term/happening")
        'https://w3id.org/testimonia/term/happening'
        """
        segments = [quote(unquote(part), safe="~") for part in path.removeprefix("/").split("/")]
        stem = VOCABULARY_BASE if segments[0] in _OF_THE_VOCABULARY else self.base
        return stem + "/".join(segments)

    def find_path(self, iri: str) -> str:
        """Return the path at which an IRI is found here, with its fragment; "" for one that is not ours.

        >>> NodeAddresses("https://example.org/").find_path("https://w3id.org/testimonia/ontology#Claim")
        '/ontology#Claim'
        >>> NodeAddresses("https://example.org/").find_path("https://example.com/")
        ''
        """
        for stem, ours in ((self.base, True), (VOCABULARY_BASE, iri.startswith(_of_the_vocabulary()))):
            if ours and iri.startswith(stem):
                return "/" + quote(iri.removeprefix(stem), safe="/#%~")
        return ""

    def link(self, iri: str) -> str:
        """Return what a page links an IRI to: a path here, the IRI itself if it is a web address, else ""."""
        return self.find_path(iri) or (iri if iri.startswith(_WEB) else "")


def split_suffix(path: str) -> tuple[str, str]:
    """Return a path without its suffix, and the suffix; "" when it has none that asks for a format.

    >>> split_suffix("/id/mira-solen.ttl"), split_suffix("/id/mira-solen"), split_suffix("/a.txt")
    (('/id/mira-solen', 'ttl'), ('/id/mira-solen', ''), ('/a.txt', ''))
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES and not stem.endswith("/") else (path, "")


def _of_the_vocabulary() -> tuple[str, ...]:
    return tuple(VOCABULARY_BASE + name for name in _OF_THE_VOCABULARY)

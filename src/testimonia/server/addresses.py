"""Conversion between the path of a request and the IRI that it stands for.

On every host `https://w3id.org/testimonia/id/x` is served at `/id/x`: the path is the rest of the IRI after the data
set's base IRI, or, for terms, ontology and shapes, after the vocabulary's. A suffix (`.ttl`) asks for a format.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from testimonia.core.namespaces import VOCABULARY_BASE

SUFFIXES = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
"""Suffix of a path → media type; clients that accept anything get the first."""

_VOCABULARY_PATHS = ("term", "ontology", "shapes")
_VOCABULARY = tuple(VOCABULARY_BASE + name for name in _VOCABULARY_PATHS)
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class NodeAddresses:
    """Paths and IRIs of the nodes of a data set, by its base IRI."""

    base: str

    def find_iri(self, path: str) -> str:
        """Return the IRI that a path stands for, percent-encoded as minted IRIs are, however the client encoded it.

        >>> NodeAddresses("https://example.org/").find_iri("/date/2031-05%3f")
        'https://example.org/date/2031-05%3F'
        >>> NodeAddresses("https://example.org/").find_iri("/term/happening")
        'https://w3id.org/testimonia/term/happening'
        """
        segments = [quote(unquote(part), safe="~") for part in path.removeprefix("/").split("/")]
        stem = VOCABULARY_BASE if segments[0] in _VOCABULARY_PATHS else self.base
        return stem + "/".join(segments)

    def find_path(self, iri: str) -> str:
        """Return the path at which this server has an IRI, with its fragment; "" for an IRI outside the data set.

        >>> NodeAddresses("https://example.org/").find_path("https://w3id.org/testimonia/ontology#Claim")
        '/ontology#Claim'
        >>> NodeAddresses("https://example.org/").find_path("https://example.com/")
        ''
        """
        if iri.startswith(self.base):
            return "/" + quote(iri.removeprefix(self.base), safe="/#%~")
        if iri.startswith(_VOCABULARY):
            return "/" + quote(iri.removeprefix(VOCABULARY_BASE), safe="/#%~")
        return ""

    def link(self, iri: str) -> str:
        """Return the link target for an IRI: its path on this server, else the IRI if it is a web address, else ""."""
        return self.find_path(iri) or (iri if iri.startswith(_WEB) else "")


def split_suffix(path: str) -> tuple[str, str]:
    """Split the format suffix off a path; the suffix is "" where there is none that names a format.

    >>> split_suffix("/id/mira-solen.ttl"), split_suffix("/id/mira-solen"), split_suffix("/a.txt")
    (('/id/mira-solen', 'ttl'), ('/id/mira-solen', ''), ('/a.txt', ''))
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES and not stem.endswith("/") else (path, "")

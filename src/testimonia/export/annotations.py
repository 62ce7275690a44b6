"""Web Annotations (W3C, 2017), one for each passage that is evidence of a claim.

The body is the claim: its gist with a sentence made of what the graph says of it, and its IRI. The target is a span of
the source, given by offsets in code points; the source is named by its digest (RFC 6920), so that the offsets belong to
these bytes and no others. The words of the passage are never quoted: the graph does not have them.
"""

import base64
from collections.abc import Iterator
from itertools import groupby
from typing import IO, Any

from testimonia.core.namespaces import T, expand
from testimonia.export.attribution import Credits, read_credits
from testimonia.export.notation import write_json
from testimonia.export.output import Bundle
from testimonia.export.sentences import Sentences
from testimonia.export.source import ExportSource, GraphPart, Writer, split_source
from testimonia.rdf.reading import get_value

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": f"{T}sha256"}]
"""The context that the model asks for, and a line for the digest of a passage."""

_LANGUAGE = "en"
"""What gists and labels, and so sentences, are written in."""
_Facts = dict[str, dict[str, list[str]]]


class Annotator:
    """Makes annotations of the claims of a whole source."""

    def __init__(self, whole: ExportSource) -> None:
        self._sentences = Sentences(whole)
        self.credits: Credits = read_credits(whole)
        self.collection = f"{whole.base}graph/dataset#annotations"

    def annotate(self, part: GraphPart, interview: str) -> Iterator[dict[str, Any]]:
        """Yield the annotations of an interview (its id), in the order of its claims."""
        facts = _collect(part)
        sentences = self._sentences.write(interview)
        for claim, said in facts.items():
            if claim in sentences:
                text = " ".join([*said.get(expand("rdfs:label"), []), sentences[claim]])
                for passage in said.get(f"{T}evidence", []):
                    yield self._make(claim, text, passage, facts)

    def describe(self) -> dict[str, Any]:
        """Return what each annotation, and the collection, says of publisher and licence, as far as it is known."""
        found = {"creator": self.credits.tell("dct:publisher"), "rights": self.credits.tell("dct:license")}
        return {key: value for key, value in found.items() if value}

    def head(self) -> dict[str, Any]:
        """Return what the collection begins with."""
        title = self.credits.tell("dct:title") or self.credits.base
        return {"id": self.collection, "type": "AnnotationCollection", "label": f"{title}: claims", **self.describe()}

    def _make(self, claim: str, text: str, passage: str, facts: _Facts) -> dict[str, Any]:
        interview = facts[claim][f"{T}inInterview"][0]
        span, source = facts.get(passage, {}), facts.get(interview, {})
        where = {key: int(value) for key in ("start", "end") for value in span.get(expand(f"oa:{key}"), [])}
        digest = dict(zip(("sha256",), span.get(f"{T}sha256", []), strict=False))
        return {
            "id": f"{passage}#annotation",
            "type": "Annotation",
            "motivation": "describing",
            **self.describe(),
            "body": [
                {
                    "id": f"{claim}#sentence",
                    "type": "TextualBody",
                    "value": text,
                    "format": "text/plain",
                    "language": _LANGUAGE,
                },
                claim,
            ],
            "target": {
                "id": f"{passage}#target",
                "type": "SpecificResource",
                "source": _name_source(interview, source),
                "scope": interview,
                "selector": {"id": passage, "type": "TextPositionSelector", **where, **digest},
            },
        }


def prepare_annotations(whole: ExportSource) -> Writer:
    """Return what writes the annotations of interviews as a collection with one page."""
    annotator = Annotator(whole)

    def write(source: ExportSource, stream: IO[bytes]) -> None:
        page = {"id": f"{annotator.collection}-page", "type": "AnnotationPage", "startIndex": 0}
        head = {"@context": CONTEXT, **annotator.head()}
        stream.write(f'{_open(head, 0)},\n  "first": {_open(page, 1)},\n    "items": ['.encode())
        total = 0
        for part in source.read_parts():
            if interview := source.find_interview(part.name):
                for annotation in annotator.annotate(part, interview):
                    stream.write(f"{',' if total else ''}\n      {write_json(annotation, 3)}".encode())
                    total += 1
        stream.write(f'\n    ]\n  }},\n  "last": "{page["id"]}",\n  "total": {total}\n}}\n'.encode())

    return write


def write_pages(source: ExportSource, bundle: Bundle) -> None:
    """Write a page for each interview, and the collection that begins with the first of them."""
    annotator = Annotator(source)
    parts = [(source.find_interview(name), part) for name, part in split_source(source) if source.find_interview(name)]
    pages = [f"{source.base}interview/{interview}#annotations" for interview, _ in parts]
    total = 0
    for place, (interview, part) in enumerate(parts):
        items = [item for share in part.read_parts() for item in annotator.annotate(share, interview)]
        page = {
            "@context": CONTEXT,
            "id": pages[place],
            "type": "AnnotationPage",
            "partOf": annotator.collection,
            **({"prev": pages[place - 1]} if place else {}),
            **({"next": pages[place + 1]} if place + 1 < len(pages) else {}),
            "startIndex": total,
            "items": items,
        }
        with bundle(f"interview/{interview}.jsonld") as stream:
            stream.write(f"{write_json(page)}\n".encode())
        total += len(items)
    ends = {"first": pages[0], "last": pages[-1]} if pages else {}
    with bundle("collection.jsonld") as stream:
        collection = {"@context": CONTEXT, **annotator.head(), "total": total, **ends}
        stream.write(f"{write_json(collection)}\n".encode())


def _collect(part: GraphPart) -> _Facts:
    """Return node → property → values of one named graph."""
    facts: _Facts = {}
    for node, quads in groupby(part.quads, key=lambda quad: get_value(quad.subject)):
        said = facts.setdefault(node, {})
        for quad in quads:
            said.setdefault(quad.predicate.value, []).append(get_value(quad.object))
    return facts


def _name_source(interview: str, said: dict[str, list[str]]) -> dict[str, Any]:
    """Return the source of an interview by the digest of its bytes; by the interview where that is not known.

    >>> _name_source("x:a", {f"{T}sourceSha256": ["00" * 32]})["id"]
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    named = {"type": "Text", "format": "text/plain"}
    digests = said.get(f"{T}sourceSha256", [])
    if not digests:
        return {"id": interview, **named}
    digest = base64.urlsafe_b64encode(bytes.fromhex(digests[0])).decode().rstrip("=")
    known = {"language": said.get(expand("dct:language"), []), "label": said.get(f"{T}source", [])}
    told = {key: values[0] for key, values in known.items() if values}
    return {"id": f"ni:///sha-256;{digest}", **named, **told}


def _open(value: dict[str, Any], depth: int) -> str:
    """Return the JSON of an object without its end, so that more can follow."""
    return write_json(value, depth)[: -len("\n" + "  " * depth + "}")]

"""Web Annotations (W3C, 2017), one for each passage that is evidence of a claim.

The body is the claim: its gist with a sentence made of what the graph says of it, and its IRI. The target is a span of
the source, given by offsets in code points; the source is named by its digest (RFC 6920), so that the offsets belong to
these bytes and no others. The words of the passage are never quoted: the graph does not have them.
"""

import base64
from collections.abc import Iterator
from typing import IO, Any

from testimonia.core.namespaces import T, expand
from testimonia.export.attribution import Attribution, read_attribution
from testimonia.export.notation import write_json
from testimonia.export.output import Bundle
from testimonia.export.sentences import Sentences
from testimonia.export.source import ExportSource, GraphPart, Writer, split_source
from testimonia.rdf.reading import get_value

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": f"{T}sha256"}]
"""The context that the model requires, and a term for the digest of a passage."""

_LANGUAGE = "en"
"""The language of gists, labels and sentences."""
_Facts = dict[str, dict[str, list[str]]]


class Annotator:
    """Makes annotations for the claims of a source."""

    def __init__(self, whole: ExportSource) -> None:
        self._sentences = Sentences(whole)
        self.attribution: Attribution = read_attribution(whole)
        self.collection = f"{whole.base}graph/dataset#annotations"

    def annotate(self, part: GraphPart, interview: str) -> Iterator[dict[str, Any]]:
        """Yield the annotations of an interview (its id), in the order of its claims."""
        facts = _collect(part)
        sentences = self._sentences.write(interview)
        for claim in filter(sentences.__contains__, facts):
            text = " ".join([*facts[claim].get(expand("rdfs:label"), []), sentences[claim]])
            for passage in facts[claim].get(f"{T}evidence", []):
                yield self._make(claim, text, passage, facts)

    def describe(self) -> dict[str, Any]:
        """Return publisher and licence, as far as known, for each annotation and the collection."""
        found = {
            "creator": self.attribution.get_text("dct:publisher"),
            "rights": self.attribution.get_text("dct:license"),
        }
        return {key: value for key, value in found.items() if value}

    def head(self) -> dict[str, Any]:
        """Return the properties of the collection without its items."""
        title = self.attribution.get_text("dct:title") or self.attribution.base
        return {"id": self.collection, "type": "AnnotationCollection", "label": f"{title}: claims", **self.describe()}

    def _make(self, claim: str, text: str, passage: str, facts: _Facts) -> dict[str, Any]:
        interview = facts[claim][f"{T}inInterview"][0]
        span, source = facts.get(passage, {}), facts.get(interview, {})
        selector: dict[str, Any] = {"id": passage, "type": "TextPositionSelector"}
        selector |= {key: int(value) for key in ("start", "end") for value in span.get(expand(f"oa:{key}"), [])}
        if digests := span.get(f"{T}sha256"):
            selector["sha256"] = digests[0]
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
                "selector": selector,
            },
        }


def prepare_annotations(whole: ExportSource) -> Writer:
    """Return a writer of the annotations of interviews as a collection with one page."""
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
    """Write a page of annotations for each interview, and the collection of these pages."""
    annotator = Annotator(source)
    parts = {source.find_interview(name): part for name, part in split_source(source)}
    parts.pop("", None)
    pages = [f"{source.base}interview/{interview}#annotations" for interview in parts]
    total = 0
    for place, (interview, part) in enumerate(parts.items()):
        items: list[dict[str, Any]] = []
        for share in part.read_parts():
            items += annotator.annotate(share, interview)
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
    for quad in part.quads:
        values = facts.setdefault(get_value(quad.subject), {}).setdefault(quad.predicate.value, [])
        values.append(get_value(quad.object))
    return facts


def _name_source(interview: str, facts: dict[str, list[str]]) -> dict[str, Any]:
    """Return the source of an interview, named by the digest of its bytes, else by the interview.

    >>> _name_source("x:a", {f"{T}sourceSha256": ["00" * 32]})["id"]
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    named = {"type": "Text", "format": "text/plain"}
    digests = facts.get(f"{T}sourceSha256", [])
    if not digests:
        return {"id": interview, **named}
    digest = base64.urlsafe_b64encode(bytes.fromhex(digests[0])).decode().rstrip("=")
    for key, name in (("language", expand("dct:language")), ("label", f"{T}source")):
        if values := facts.get(name):
            named[key] = values[0]
    return {"id": f"ni:///sha-256;{digest}", **named}


def _open(value: dict[str, Any], depth: int) -> str:
    """Return the JSON of an object without its closing brace, so that more keys can follow."""
    return write_json(value, depth)[: -len("\n" + "  " * depth + "}")]

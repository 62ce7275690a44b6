"""Write a locked record as one JSON-LD document.

This is all that Python does with a record before the context takes over: it resolves cues, kinds, figures, dates and
claim references into nodes of the envelope and passes every other key on as written.
"""

from dataclasses import dataclass, field
from typing import Any

from testimonia.core.dates import ParsedDate, parse_date
from testimonia.core.evidence import LockedInterview, Passage
from testimonia.core.iris import (
    mint_claim_iri,
    mint_date_iri,
    mint_entity_iri,
    mint_interview_iri,
    mint_part_iri,
    mint_term_iri,
    mint_turn_iri,
)
from testimonia.core.record import Claim, Entity, Inference, Quote, Record, Records, Word
from testimonia.mapping.envelope import PREFIX_CONTEXT, JsonNode, drop_empty, refer, write_literal, write_text
from testimonia.records.checking import find_figure
from testimonia.records.figures import ParsedFigure, parse_figure
from testimonia.vocabulary.reading import Takes, Vocabulary

_OFFSET = "xsd:nonNegativeInteger"


@dataclass(slots=True)
class DocumentWriter:
    """Writes the documents of one data set; `dates` collects every date that they refer to, by its written form."""

    records: Records
    vocabulary: Vocabulary
    dates: dict[str, ParsedDate] = field(default_factory=dict)

    def write_record(self, record: Record, locked: LockedInterview, sha256: str) -> JsonNode:
        """Return the document of one interview: the interview, its turns and its claims.

        `sha256` is the digest of the source file. Every cue of the record must be in the lock (KeyError otherwise:
        the anchors have been checked before).
        """
        iri = mint_interview_iri(self.records.base, record.interview.text)
        turns = [self._write_turn(record, locked, number) for number in range(1, len(locked.turns) + 1)]
        claims = [self._write_claim(record, locked, claim) for claim in record.claims]
        return self._write_document([self._write_interview(iri, record, locked, sha256), *turns, *claims])

    def write_entities(self) -> JsonNode:
        """Return the document of all registries and casts."""
        return self._write_document([self._write_entity(entity) for entity in self.records.all_entities])

    def write_dates(self) -> JsonNode:
        """Return the document of the dates so far: EDTF, first and last possible day, written form as label."""
        nodes = [
            drop_empty(
                {
                    "@id": mint_date_iri(self.records.base, written),
                    "@type": "t:Date",
                    "rdfs:label": written,
                    "t:edtf": date.edtf,
                    "t:earliest": write_literal(date.earliest, "xsd:date") if date.earliest else None,
                    "t:latest": write_literal(date.latest, "xsd:date") if date.latest else None,
                }
            )
            for written, date in sorted(self.dates.items())
        ]
        return self._write_document(nodes)

    def _write_document(self, nodes: list[JsonNode]) -> JsonNode:
        return {"@context": [PREFIX_CONTEXT, self.vocabulary.context], "@graph": nodes}

    def _write_interview(self, iri: str, record: Record, locked: LockedInterview, sha256: str) -> JsonNode:
        headline = self._write_passages(record, locked, f"{iri}/headline", [record.headline] if record.headline else [])
        return drop_empty(
            {
                "@id": iri,
                "@type": "t:Interview",
                "rdfs:label": write_text(record.title.text, record.language.text),
                "dct:language": record.language.text,
                "t:country": self._refer_entities(record.country),
                "t:headline": headline,
                "t:source": locked.source,
                "t:sourceNumber": write_literal(locked.number, "xsd:positiveInteger"),
                "t:sourceSha256": sha256,
                **self._write_inference(record.inferred, record.language.text),
            }
        )

    def _write_turn(self, record: Record, locked: LockedInterview, number: int) -> JsonNode:
        turn = locked.turns[number - 1]
        return {
            "@id": mint_turn_iri(self.records.base, record.interview.text, turn.number),
            "@type": "t:Turn",
            "t:inInterview": refer(mint_interview_iri(self.records.base, record.interview.text)),
            "t:voice": refer(mint_term_iri("voice", turn.voice)),
            "t:statedBy": refer(mint_entity_iri(self.records.base, record.get_speaker(turn.speaker))),
            "oa:start": write_literal(turn.start, _OFFSET),
            "oa:end": write_literal(turn.end, _OFFSET),
        }

    def _write_claim(self, record: Record, locked: LockedInterview, claim: Claim) -> JsonNode:
        interview, language = record.interview.text, record.language.text
        iri = mint_claim_iri(self.records.base, interview, claim.id.text)
        speaker = refer(mint_entity_iri(self.records.base, record.get_speaker(claim.speaker)))
        modality, things, named = self._write_things(claim, iri)
        details = {name: self._write_values(name, words, interview) for name, words in claim.details.items()}
        for name, words in named.items():
            details[name] = details.get(name, []) + [w.text for w in words]
        return drop_empty(
            {
                "@id": iri,
                "@type": "t:Claim",
                "rdfs:label": write_text(claim.gist.text, language),
                "t:inInterview": refer(mint_interview_iri(self.records.base, interview)),
                "t:statedBy": speaker,
                "t:voice": refer(mint_term_iri("voice", claim.speaker.voice)),
                "t:accordingTo": self._refer_entities(claim.cites) or [speaker],
                "t:modality": refer(mint_term_iri("modality", modality)),
                "t:evidence": self._write_passages(record, locked, f"{iri}/evidence", claim.quotes),
                "t:context": self._write_passages(record, locked, f"{iri}/context", claim.context),
                "t:about": things,
                "t:country": self._refer_entities(record.get_countries(claim)),
                "t:figure": [self._write_figure(record, claim, iri, key) for key in claim.figures],
                **self._write_inference(claim.inferred, language),
                **details,
            }
        )

    def _write_things(self, claim: Claim, iri: str) -> tuple[str, list[JsonNode], dict[str, tuple[Word, ...]]]:
        """Return the modality, the nodes that a claim is about, and what its kind names on the claim itself."""
        kind = self.vocabulary.kinds[claim.kind.text]
        if kind.names == "happening":
            modality = self.vocabulary.find_modality(self._find_class(claim.values[0].text)) or ""
            return modality, self._refer_entities(claim.values), {}
        modality = kind.modality or ""
        if kind.names == "entity":
            return modality, self._refer_entities(claim.values), {}
        named = claim.thing and mint_entity_iri(self.records.base, claim.thing.text)
        if kind.names != "type":  # the value is a concept on the claim; the thing, if any, has no type
            thing = {"@id": named or mint_part_iri(iri, "thing", kind.name), "@type": f"t:{kind.cls}"}
            return modality, [thing] if kind.cls else [], {kind.names: claim.values}
        things = [
            {"@id": named or mint_part_iri(iri, "thing", word.text), "@type": f"t:{kind.cls}", kind.names: word.text}
            for word in claim.values
        ]
        return modality, things, {}

    def _find_class(self, slug: str) -> str:
        """Return the class of a named happening, wherever it is named."""
        entity = next((e for e in self.records.all_entities if e.slug.text == slug), None)
        if entity:
            return self.vocabulary.entity_classes[entity.kind.text]
        namer = next(c for _, c in self.records.claims if c.thing is not None and c.thing.text == slug)
        return self.vocabulary.kinds[namer.kind.text].cls or ""

    def _write_values(self, name: str, words: tuple[Word, ...], interview: str) -> list[Any]:
        """Return the values of a key as the context takes them; dates and claim references become full IRIs."""
        takes = self.vocabulary.keys[name].takes
        if takes is Takes.DATE:
            return [self._refer_date(word.text)["@id"] for word in words]
        if takes is Takes.ENTITY:
            return [self._mint_reference(word.text, interview) for word in words]
        return [write_text(word.text, word.language) if word.language else word.text for word in words]

    def _mint_reference(self, text: str, interview: str) -> str:
        """Return the IRI that an entity slug or `claim ID` or `claim INTERVIEW/ID` means."""
        if not text.startswith("claim "):
            return mint_entity_iri(self.records.base, text)
        other, slash, claim = text.removeprefix("claim ").rpartition("/")
        return mint_claim_iri(self.records.base, other if slash else interview, claim)

    def _write_passages(
        self, record: Record, locked: LockedInterview, stem: str, quotes: tuple[Quote, ...] | list[Quote]
    ) -> list[JsonNode]:
        """Return the passages of cues, numbered from 1 when a claim has several; a headline is one."""
        numbered = not stem.endswith("/headline")
        return [
            self._write_passage(record, locked.passages[quote.cue.key], f"{stem}/{n}" if numbered else stem)
            for n, quote in enumerate(quotes, 1)
        ]

    def _write_passage(self, record: Record, passage: Passage, iri: str) -> JsonNode:
        return {
            "@id": iri,
            "@type": "t:Passage",
            "t:inTurn": refer(mint_turn_iri(self.records.base, record.interview.text, passage.turn)),
            "oa:start": write_literal(passage.start, _OFFSET),
            "oa:end": write_literal(passage.end, _OFFSET),
            "t:sha256": passage.sha256,
        }

    def _write_figure(self, record: Record, claim: Claim, claim_iri: str, key: str) -> JsonNode:
        terms = self.vocabulary.terms
        figure: ParsedFigure = parse_figure(claim.figures[key].text, terms["qualifier"], terms["unit"])
        return drop_empty(
            {
                "@id": mint_part_iri(claim_iri, "figure", key),
                "@type": "t:Figure",
                "t:counts": refer(mint_term_iri("counted", key.partition("/")[0])),
                "t:value": write_literal(figure.value, "xsd:decimal") if figure.value else None,
                "t:wording": write_text(figure.wording, record.language.text) if figure.wording else None,
                "t:qualifier": refer(mint_term_iri("qualifier", figure.qualifier)) if figure.qualifier else None,
                "t:unit": refer(mint_term_iri("unit", figure.unit)),
                "t:per": refer(mint_term_iri("unit", figure.per)) if figure.per else None,
                "t:date": self._refer_date(figure.date) if figure.date else None,
                "t:partOf": self._refer_figure(record, claim, figure.part_of),
                "t:sameAmount": self._refer_figure(record, claim, figure.same_as),
            }
        )

    def _refer_figure(self, record: Record, claim: Claim, link: str | None) -> JsonNode | None:
        found = find_figure(self.records, claim, link) if link else None
        if found is None:
            return None
        interview, other, key = found
        iri = mint_claim_iri(self.records.base, interview or record.interview.text, other)
        return refer(mint_part_iri(iri, "figure", key))

    def _write_inference(self, inference: Inference | None, language: str) -> JsonNode:
        if inference is None:
            return {}
        return {
            "t:dateInferred": self._refer_date(inference.date.text),
            "t:inferredFrom": write_text(inference.basis.text, language),
        }

    def _write_entity(self, entity: Entity) -> JsonNode:
        details = {name: self._write_values(name, words, "") for name, words in entity.details.items()}
        return {
            "@id": mint_entity_iri(self.records.base, entity.slug.text),
            "@type": f"t:{self.vocabulary.entity_classes[entity.kind.text]}",
            **details,
        }

    def _refer_entities(self, words: tuple[Word, ...]) -> list[JsonNode]:
        return [refer(mint_entity_iri(self.records.base, word.text)) for word in words]

    def _refer_date(self, written: str) -> JsonNode:
        self.dates[written] = parse_date(written)
        return refer(mint_date_iri(self.records.base, written))

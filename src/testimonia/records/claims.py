"""Parse the claims of a record, each problem noted in the reader of its form."""

from dataclasses import dataclass
from pathlib import Path

from testimonia.core.iris import CLAIM_ID
from testimonia.core.record import Claim, Inference, Position, Word
from testimonia.core.yaml_tree import Block, Items, Tree
from testimonia.records.cues import parse_context, parse_quotes
from testimonia.records.figures import FIGURE_KEY
from testimonia.records.form import BlockReader
from testimonia.records.keys import CLAIM_KEYS, NO_COUNTRY
from testimonia.records.speakers import ClaimSpeakers
from testimonia.vocabulary.reading import CLAIM_CLASS, Vocabulary

_COMMA = "Within braces a comma ends a value: put quotes around a value that has one"


@dataclass(frozen=True, slots=True)
class ClaimParser:
    """Parses the claims of one record.

    Into `unusable` go the claims (`INTERVIEW/ID`) that say nothing that could be mapped.
    """

    vocabulary: Vocabulary
    form: BlockReader
    speakers: ClaimSpeakers
    unusable: set[str]

    def parse_claims(self, items: Tree) -> tuple[Claim, ...]:
        """Return the claims of a list, without those that cannot be used."""
        if not isinstance(items, Items):
            found, fix = '"claims" is no list', "Begin each claim with a dash"
            self.form.report(items, "not-a-list", record="head", found=found, expected="- id: …", fix=fix)
            return ()
        claims: list[Claim] = []
        first: dict[str, Position] = {}
        for item in items.items:
            claim = self._parse_item(item)
            if claim is None:
                continue
            if claim.id.text in first:
                found = f'id "{claim.id.text}" again (first on line {first[claim.id.text].line})'
                self.form.report(claim.id, "claim-twice", record=f"claim {claim.id.text}", found=found)
            first.setdefault(claim.id.text, claim.id.position)
            claims.append(claim)
        return tuple(claims)

    def _parse_item(self, item: Tree) -> Claim | None:
        if isinstance(item, Block):
            return self._parse_claim(item)
        found, fix = "an item that is no mapping", "Write key: value lines"
        self.form.report(item, "not-a-mapping", record="claims", found=found, expected="- id: …", fix=fix)
        return None

    def _parse_claim(self, block: Block) -> Claim | None:
        identity = self._parse_id(block)
        record = f"claim {identity.text or '?'}"
        allowed = {*CLAIM_KEYS, *self.vocabulary.kinds, *self.vocabulary.claim_keys}
        self.form.check_keys(block, allowed, record)
        details = self._parse_details(block, record)
        speaker = self.speakers.choose(self.form, block, record)
        quotes = parse_quotes(self.form, block, speaker, record)
        context = parse_context(self.form, block, speaker, self.speakers.known, record)
        gist = self.form.get_word(block, "gist", record)
        figures = self._parse_figures(block, record)
        inferred = parse_inference(self.form, block, record)
        kind = self._find_kind(block, record)
        if kind is None:
            self.unusable.add(f"{Path(block.position.path).stem}/{identity.text}")
            return None
        return Claim(
            id=identity,
            speaker=speaker,
            quotes=quotes,
            context=context,
            gist=gist,
            kind=kind,
            values=self.form.get_words(block.entries[kind.text], record),
            thing=self.form.get_slug(block, "as", record) if "as" in block.entries else None,
            cites=self.form.get_words(block.entries["cites"], record) if "cites" in block.entries else (),
            country=self._parse_country(block, record),
            inferred=inferred,
            figures=figures,
            details=details,
            position=block.position,
            visibility=self.form.get_visibility(block, "claim"),
            keys=block.places,
        )

    def _parse_id(self, block: Block) -> Word:
        identity = self.form.get_word(block, "id", "claim ?")
        if identity.text and not CLAIM_ID.fullmatch(identity.text):
            found = f'id "{identity.text}"'
            self.form.report(identity, "claim-id-form", record=f"claim {identity.text}", found=found)
        return identity

    def _parse_details(self, block: Block, record: str) -> dict[str, tuple[Word, ...]]:
        """Return the values of the keys that become properties; more than its shape allows is a problem."""
        keys = self.vocabulary.claim_keys
        details: dict[str, tuple[Word, ...]] = {}
        for word, value in block:
            if word.text in keys and word.text not in CLAIM_KEYS:
                details[word.text] = self.form.get_words(value, record)
        for name, words in details.items():
            most = keys[name].most[CLAIM_CLASS]
            if most is not None and len(words) > most:
                found = f'{len(words)} values of "{name}"'
                self.form.report(words[0], "too-many-values", record=record, found=found, expected=f"at most {most}")
        return details

    def _find_kind(self, block: Block, record: str) -> Word | None:
        """Return the key that names the kind of a claim, None where there is none or more than one."""
        kinds = [word for word, _ in block if word.text in self.vocabulary.kinds]
        if len(kinds) == 1:
            return kinds[0]
        found = "several: " + ", ".join(kind.text for kind in kinds) if kinds else "no key that says what it tells of"
        expected = "one of " + ", ".join(self.vocabulary.kinds)
        self.form.report(block, "kind-count", record=record, found=found, expected=expected)
        return None

    def _parse_country(self, block: Block, record: str) -> tuple[Word, ...] | None:
        """Return the countries that a claim names: () for `none`, None where it names none of its own."""
        if "country" not in block.entries:
            return None
        words = self.form.get_words(block.entries["country"], record)
        named = tuple(word for word in words if word.text != NO_COUNTRY)
        if named and len(named) < len(words):
            self.form.report(words[0], "country-none", record=record, found=f'country: "{NO_COUNTRY}" beside a country')
        return named

    def _parse_figures(self, block: Block, record: str) -> dict[str, Word]:
        figures: dict[str, Word] = {}
        for key, value in self.form.get_block(block, "figures", record):
            if not FIGURE_KEY.fullmatch(key.text):
                found, expected = f'figure key "{key.text}"', "counted, or counted/which"
                self.form.report(key, "figure-form", record=record, found=found, expected=expected, fix=_COMMA)
            elif isinstance(value, Word):
                figures[key.text] = value
            else:
                found = f'figure "{key.text}" is no text'
                self.form.report(value, "figure-form", record=record, found=found, expected='"at least 9 persons"')
        return figures


def parse_inference(form: BlockReader, block: Block, record: str) -> Inference | None:
    """Return the inferred date of a claim or a head, None where there is none."""
    if "inferred" not in block.entries:
        return None
    value = block.entries["inferred"]
    if not isinstance(value, Block) or set(value.entries) != {"date", "from"}:
        form.report(value, "inference-form", record=record, found='"inferred" in another form')
        return None
    return Inference(form.get_word(value, "date", record), form.get_word(value, "from", record))

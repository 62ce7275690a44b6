"""Parsing: the tree of a record or registry in, the record or its entities out, with every problem of the file.

Only the form is looked at here (which keys, how often, lists or words); whether what they name exists is checked in
`checking`, when all files are read.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from testimonia.core.errors import find_nearest
from testimonia.core.iris import CLAIM_ID, SLUG
from testimonia.core.record import Claim, Entity, Inference, Position, Record, Word
from testimonia.core.text import Speaker, Voice
from testimonia.core.yaml_tree import Block, Items, Tree
from testimonia.records.cues import parse_context, parse_headline, parse_quotes
from testimonia.records.figures import FIGURE_KEY
from testimonia.records.form import BlockReader
from testimonia.records.speakers import find_default, list_speakers, parse_speaker, parse_quoted, parse_speakers, parse_turns
from testimonia.records.reasons import parse_passed
from testimonia.vocabulary.reading import CLAIM_CLASS, Vocabulary

HEAD_KEYS = {
    "interview": "the interview's id; the file is called after it",
    "source": "file name, #, number of the interview in it",
    "title": "what the interview is called here, in our own words",
    "headline": "a cue into the published headline",
    "country": "the territory it is about; claims may name another",
    "language": "language of the gists (BCP 47)",
    "speakers": "who stands behind each voice",
    "quoted": "in a narrative: the entity behind each name of a quoted speaker, as `testimonia texts` lists them",
    "turns": "in a narrative: the entity behind single quotations, by the number of the turn",
    "inferred": "a date that the text does not say, and from what it follows",
    "cast": "who and what appears in this record only",
    "passed-over": "what no claim carries, and why",
    "claims": "what is said, in the order of the text",
    "visibility": "public (also when left out), restricted, or embargoed until YYYY-MM-DD",
}
CLAIM_KEYS = {
    "id": "written once, never used again for another claim",
    "speaker": "whose voice, or which quoted speaker; left out: the interviewee, in a narrative the narrator",
    "quote": "the fewest first and last words that fit exactly one passage",
    "quotes": "several cues, when the evidence stands in several passages",
    "nth": "which one, when a sentence stands there several times",
    "gist": "one sentence in our own words",
    "cites": "whose words or knowledge it is, when not the speaker's own",
    "context": "cues of passages that support the reading; `voice: cue` for another voice or quoted speaker",
    "as": "a name for the thing, so that other claims can tell of it",
    "country": "where, when it is not the record's country; none where it tells of no country",
    "inferred": "a date that the text does not say, and from what it follows",
    "figures": "numbers: the concept counted, then the figure",
    "visibility": "public (also when left out), restricted, or embargoed until YYYY-MM-DD",
}
ENTITY_KEYS = {
    "is": "its class: a word of kinds.yaml",
    "visibility": "public (also when left out), restricted, or embargoed until YYYY-MM-DD",
    "pseudonym": "what it is called in the public edition, in place of its name",
}
NO_COUNTRY = "none"
"""What stands behind `country` of a claim that tells of no country."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SOURCE = re.compile(r".+#[1-9][0-9]*")
_COMMA = "Within braces a comma ends a value: put quotes around a value that has one"
REQUIRED_HEAD = ("interview", "source", "title", "country", "language", "speakers", "claims")


@dataclass(slots=True)
class Parser:
    """Reads the files of one data set; `form` collects what is wrong, whatever the file.

    `known_speakers` are whom a claim of the record being read may name as its speaker, `default` is whose a claim is else.
    """

    vocabulary: Vocabulary
    form: BlockReader = field(default_factory=BlockReader)
    unusable: set[str] = field(default_factory=set)
    known_speakers: dict[str, Speaker] = field(default_factory=dict)
    default: Speaker = field(default_factory=lambda: Speaker(Voice.INTERVIEWEE))

    def __post_init__(self) -> None:
        """Let a key that was renamed be called by its new name."""
        self.form.renamed = self.vocabulary.renamed

    def parse_record(self, tree: Block) -> Record | None:
        """Return the record that a tree is; None when its head cannot be used."""
        self.form.check_keys(tree, HEAD_KEYS, "head")
        missing = [key for key in REQUIRED_HEAD if key not in tree.entries]
        for key in missing:
            found = f'no "{key}"'
            expected = HEAD_KEYS[key]
            self.form.report(
                tree, "key-missing", record="head", found=found, expected=expected, fix="Add it at the top of the file"
            )
        speakers = parse_speakers(self.form, tree)
        quoted, turns = parse_quoted(self.form, tree), parse_turns(self.form, tree)
        self.known_speakers, self.default = list_speakers(quoted, turns), find_default(speakers, quoting=bool(quoted or turns))
        if missing:
            if "claims" in tree.entries:
                self._parse_claims(tree)  # for its problems
            return None
        language = self.form.get_word(tree, "language", "head")
        if language.text and not _LANGUAGE.fullmatch(language.text):
            found = f'language "{language.text}"'
            self.form.report(language, "language-form", record="head", found=found)
        return Record(
            interview=self.form.get_slug(tree, "interview", "head"),
            source=self._parse_source(tree),
            title=self.form.get_word(tree, "title", "head"),
            country=self.form.get_words(tree.entries["country"], "head"),
            language=language,
            speakers=speakers,
            headline=parse_headline(self.form, tree),
            inferred=self._parse_inference(tree, "head"),
            cast=self.parse_entities(self.form.get_block(tree, "cast", "head")),
            claims=self._parse_claims(tree),
            position=tree.position,
            quoted=quoted,
            turns=turns,
            passed_over=parse_passed(self.form, tree, self.known_speakers, self.default),
            visibility=self.form.get_visibility(tree, "head"),
            keys=tree.places,
        )

    def parse_entities(self, tree: Block) -> dict[str, Entity]:
        """Return the entities of a registry or cast by slug."""
        entities: dict[str, Entity] = {}
        for slug, block in tree:
            record = f"entity {slug.text}"
            if not SLUG.fullmatch(slug.text):
                found = f'"{slug.text}" is no slug'
                self.form.report(slug, "not-a-slug", record=record, found=found)
            if not isinstance(block, Block) or "is" not in block.entries:
                self.form.report(
                    slug,
                    "key-missing",
                    record=record,
                    found='no "is"',
                    expected="{is: person, name: …}",
                    fix="Say what it is",
                )
                self.unusable.add(slug.text)
                continue
            kind = self.form.get_word(block, "is", record)
            cls = self.vocabulary.entity_classes.get(kind.text)
            if cls is None:
                known = self.vocabulary.entity_classes
                found = f'is: "{kind.text}"'
                expected = ", ".join(known)
                self.form.report(
                    kind,
                    "unknown-class",
                    record=record,
                    found=found,
                    expected=expected,
                    fix=find_nearest(kind.text, known),
                )
                self.unusable.add(slug.text)
                continue
            allowed = {**ENTITY_KEYS, **dict.fromkeys(self.vocabulary.find_keys(cls), "")}
            self.form.check_keys(block, allowed, record)
            details = {
                w.text: self._parse_texts(v, record)
                if self._takes_languages(w.text)
                else self.form.get_words(v, record)
                for w, v in block
                if w.text not in ENTITY_KEYS
            }
            visibility = self.form.get_visibility(block, "entity")
            pseudonym = self.form.get_word(block, "pseudonym", record) if "pseudonym" in block.entries else None
            entities[slug.text] = Entity(slug, kind, details, visibility, pseudonym, block.places)
        return entities

    def _takes_languages(self, name: str) -> bool:
        key = self.vocabulary.keys.get(name)
        return key is not None and key.in_languages

    def _parse_texts(self, value: Tree, record: str) -> tuple[Word, ...]:
        """Return texts in the language of the key, or those of a mapping of languages, each with its own."""
        if not isinstance(value, Block):
            return self.form.get_words(value, record)
        words: list[Word] = []
        for language, texts in value:
            if not _LANGUAGE.fullmatch(language.text):
                found = f'language "{language.text}"'
                expected = "a language tag such as en or pt-BR"
                self.form.report(language, "language-form", record=record, found=found, expected=expected)
            words += [replace(word, language=language.text) for word in self.form.get_words(texts, record)]
        return tuple(words)

    def _parse_source(self, tree: Block) -> Word:
        word = self.form.get_word(tree, "source", "head")
        if word.text and not _SOURCE.fullmatch(word.text):
            found = f'source "{word.text}"'
            expected = "file name, #, number from 1: lantern.txt#1"
            self.form.report(word, "source-form", record="head", found=found, expected=expected)
        return word

    def _parse_claims(self, tree: Block) -> tuple[Claim, ...]:
        items = tree.entries["claims"]
        if not isinstance(items, Items):
            found = '"claims" is no list'
            self.form.report(
                items, "not-a-list", record="head", found=found, expected="- id: …", fix="Begin each claim with a dash"
            )
            return ()
        claims: list[Claim] = []
        first: dict[str, Position] = {}
        for item in items.items:
            if not isinstance(item, Block):
                found = "an item that is no mapping"
                expected = "- id: …"
                self.form.report(
                    item, "not-a-mapping", record="claims", found=found, expected=expected, fix="Write key: value lines"
                )
                continue
            claim = self._parse_claim(item)
            if claim is None:
                continue
            if claim.id.text in first:
                found = f'id "{claim.id.text}" again (first on line {first[claim.id.text].line})'
                expected = "an id of its own"
                self.form.report(
                    claim.id,
                    "claim-twice",
                    record=f"claim {claim.id.text}",
                    found=found,
                    expected=expected,
                )
            first.setdefault(claim.id.text, claim.id.position)
            claims.append(claim)
        return tuple(claims)

    def _parse_claim(self, block: Block) -> Claim | None:
        identity = self.form.get_word(block, "id", "claim ?")
        record = f"claim {identity.text}" if identity.text else "claim ?"
        if identity.text and not CLAIM_ID.fullmatch(identity.text):
            found = f'id "{identity.text}"'
            self.form.report(identity, "claim-id-form", record=record, found=found)
        domain = self.vocabulary.claim_keys
        allowed = {**CLAIM_KEYS, **dict.fromkeys(self.vocabulary.kinds, ""), **dict.fromkeys(domain, "")}
        self.form.check_keys(block, allowed, record)
        kinds = [word for word, _ in block if word.text in self.vocabulary.kinds]
        details = {
            w.text: self.form.get_words(v, record) for w, v in block if w.text in domain and w.text not in CLAIM_KEYS
        }
        for name, words in details.items():
            most = domain[name].most[CLAIM_CLASS]
            if most is not None and len(words) > most:
                found = f'{len(words)} values of "{name}"'
                self.form.report(words[0], "too-many-values", record=record, found=found, expected=f"at most {most}")
        speaker = parse_speaker(self.form, block, self.known_speakers, self.default, record)
        quotes = parse_quotes(self.form, block, speaker, record)
        context = parse_context(self.form, block, speaker, self.known_speakers, record)
        gist = self.form.get_word(block, "gist", record)
        figures = self._parse_figures(block, record)
        inferred = self._parse_inference(block, record)
        if len(kinds) != 1:
            found = "no key that says what it tells of" if not kinds else "several: " + ", ".join(k.text for k in kinds)
            self.form.report(
                block, "kind-count", record=record, found=found, expected="one of " + ", ".join(self.vocabulary.kinds)
            )
            self.unusable.add(f"{Path(block.position.path).stem}/{identity.text}")
            return None
        return Claim(
            id=identity,
            speaker=speaker,
            quotes=quotes,
            context=context,
            gist=gist,
            kind=kinds[0],
            values=self.form.get_words(block.entries[kinds[0].text], record),
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

    def _parse_country(self, block: Block, record: str) -> tuple[Word, ...] | None:
        """Return the countries that a claim names: () for `none`, None where it names none of its own."""
        if "country" not in block.entries:
            return None
        words = self.form.get_words(block.entries["country"], record)
        named = tuple(word for word in words if word.text != NO_COUNTRY)
        if named and len(named) < len(words):
            found = f'country: "{NO_COUNTRY}" beside a country'
            self.form.report(
                words[0], "country-none", record=record, found=found, fix=f'Leave "{NO_COUNTRY}" out, or the country'
            )
        return named

    def _parse_inference(self, block: Block, record: str) -> Inference | None:
        if "inferred" not in block.entries:
            return None
        value = block.entries["inferred"]
        if not isinstance(value, Block) or set(value.entries) != {"date", "from"}:
            found = '"inferred" in another form'
            expected = "{date: …, from: what it follows from}"
            self.form.report(value, "inference-form", record=record, found=found, expected=expected)
            return None
        return Inference(self.form.get_word(value, "date", record), self.form.get_word(value, "from", record))

    def _parse_figures(self, block: Block, record: str) -> dict[str, Word]:
        figures: dict[str, Word] = {}
        for key, value in self.form.get_block(block, "figures", record):
            if not FIGURE_KEY.fullmatch(key.text):
                found = f'figure key "{key.text}"'
                self.form.report(key, "figure-form", record=record, found=found, fix=_COMMA, expected="counted, or counted/which")
                continue
            if isinstance(value, Word):
                figures[key.text] = value
            else:
                found = f'figure "{key.text}" is no text'
                self.form.report(value, "figure-form", record=record, found=found, expected='"at least 9 persons"')
        return figures

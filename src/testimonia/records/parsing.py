"""Parse the tree of a record or a registry into a record or its entities, noting every problem of the file.

Only the form is checked here (which keys, how often, lists or words); whether what they name exists is checked in
`checking`, when all files are read.
"""

import re
from dataclasses import dataclass, field, replace

from testimonia.core.errors import find_nearest
from testimonia.core.iris import SLUG
from testimonia.core.record import Entity, Record, Word
from testimonia.core.yaml_tree import Block, Tree
from testimonia.records.claims import ClaimParser, parse_inference
from testimonia.records.cues import parse_headline
from testimonia.records.form import BlockReader
from testimonia.records.keys import ENTITY_KEYS, HEAD_KEYS, REQUIRED_HEAD
from testimonia.records.reasons import parse_passed
from testimonia.records.speakers import list_claim_speakers, parse_quoted, parse_speakers, parse_turns
from testimonia.vocabulary.reading import Vocabulary

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SOURCE = re.compile(r".+#[1-9][0-9]*")


@dataclass(slots=True)
class Parser:
    """Parses the files of one data set.

    `form` collects what is wrong, whatever the file; `unusable` what stands in a file and could not be read.
    """

    vocabulary: Vocabulary
    form: BlockReader = field(default_factory=BlockReader)
    unusable: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Pass on the new names of renamed keys, for messages."""
        self.form.renamed = self.vocabulary.renamed

    def parse_record(self, tree: Block) -> Record | None:
        """Return the record that a tree is; None when its head cannot be used."""
        self.form.check_keys(tree, HEAD_KEYS, "head")
        missing = [key for key in REQUIRED_HEAD if key not in tree.entries]
        for key in missing:
            found, fix = f'no "{key}"', "Add it at the top of the file"
            self.form.report(tree, "key-missing", record="head", found=found, expected=HEAD_KEYS[key], fix=fix)
        voices = parse_speakers(self.form, tree)
        quoted, turns = parse_quoted(self.form, tree), parse_turns(self.form, tree)
        speakers = list_claim_speakers(voices, quoted, turns)
        parser = ClaimParser(self.vocabulary, self.form, speakers, self.unusable)
        if missing:
            if "claims" in tree.entries:
                parser.parse_claims(tree.entries["claims"])  # for its problems
            return None
        return Record(
            interview=self.form.get_slug(tree, "interview", "head"),
            source=self._parse_source(tree),
            title=self.form.get_word(tree, "title", "head"),
            country=self.form.get_words(tree.entries["country"], "head"),
            language=self._parse_language(tree),
            speakers=voices,
            headline=parse_headline(self.form, tree),
            inferred=parse_inference(self.form, tree, "head"),
            cast=self.parse_entities(self.form.get_block(tree, "cast", "head")),
            claims=parser.parse_claims(tree.entries["claims"]),
            position=tree.position,
            quoted=quoted,
            turns=turns,
            passed_over=parse_passed(self.form, tree, speakers),
            visibility=self.form.get_visibility(tree, "head"),
            keys=tree.places,
        )

    def parse_entities(self, tree: Block) -> dict[str, Entity]:
        """Return the entities of a registry or cast by slug."""
        entities: dict[str, Entity] = {}
        for slug, block in tree:
            if not SLUG.fullmatch(slug.text):
                found = f'"{slug.text}" is no slug'
                self.form.report(slug, "not-a-slug", record=f"entity {slug.text}", found=found)
            entity = self._parse_entity(slug, block)
            if entity is None:
                self.unusable.add(slug.text)
            else:
                entities[slug.text] = entity
        return entities

    def _parse_entity(self, slug: Word, block: Tree) -> Entity | None:
        """Return an entry of a registry or cast; None, with its problem, where it has no known class."""
        record, known = f"entity {slug.text}", self.vocabulary.entity_classes
        if not isinstance(block, Block) or "is" not in block.entries:
            expected, fix = "{is: person, name: …}", "Say what it is"
            self.form.report(slug, "key-missing", record=record, found='no "is"', expected=expected, fix=fix)
            return None
        kind = self.form.get_word(block, "is", record)
        if kind.text not in known:
            found, expected, fix = f'is: "{kind.text}"', ", ".join(known), find_nearest(kind.text, known)
            self.form.report(kind, "unknown-class", record=record, found=found, expected=expected, fix=fix)
            return None
        self.form.check_keys(block, {*ENTITY_KEYS, *self.vocabulary.find_keys(known[kind.text])}, record)
        details = {w.text: self._parse_detail(w.text, v, record) for w, v in block if w.text not in ENTITY_KEYS}
        visibility = self.form.get_visibility(block, "entity")
        pseudonym = self.form.get_word(block, "pseudonym", record) if "pseudonym" in block.entries else None
        return Entity(slug, kind, details, visibility, pseudonym, block.places)

    def _parse_detail(self, name: str, value: Tree, record: str) -> tuple[Word, ...]:
        """Return the values of a key; texts may be given by language, each then has its own."""
        key = self.vocabulary.keys.get(name)
        if key is None or not key.in_languages or not isinstance(value, Block):
            return self.form.get_words(value, record)
        words: list[Word] = []
        for language, texts in value:
            self._check_language(language, record)
            words += [replace(word, language=language.text) for word in self.form.get_words(texts, record)]
        return tuple(words)

    def _parse_language(self, tree: Block) -> Word:
        language = self.form.get_word(tree, "language", "head")
        if language.text:
            self._check_language(language, "head")
        return language

    def _check_language(self, language: Word, record: str) -> None:
        if not _LANGUAGE.fullmatch(language.text):
            self.form.report(language, "language-form", record=record, found=f'language "{language.text}"')

    def _parse_source(self, tree: Block) -> Word:
        word = self.form.get_word(tree, "source", "head")
        if word.text and not _SOURCE.fullmatch(word.text):
            self.form.report(word, "source-form", record="head", found=f'source "{word.text}"')
        return word

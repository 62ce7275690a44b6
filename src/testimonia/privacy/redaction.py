"""Take what is withheld out of findings, which can be read on any screen and in any log.

Whatever is marked as withheld counts as such here, whether or not its embargo is over, and a file that is too broken
to tell counts as withheld as a whole.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from testimonia.core.findings import Finding
from testimonia.core.record import Claim, PassedOver, Position, Records, Word
from testimonia.core.visibility import Level
from testimonia.core.yaml_tree import Block, Items, Tree
from testimonia.privacy.exposure import WithheldNames, fold, list_texts
from testimonia.records.yaml_edit import find_entities, list_claims
from testimonia.vocabulary.reading import Takes, Vocabulary

PRIVATE = "private/"
"""What the paths of the private folder's files begin with, as printed."""
FULL_REPORT = "withheld-problems.txt"
"""The file of a private folder that lists what messages leave out; named in codes.yaml (withheld-problem)."""
_MARKS = ("visibility", "pseudonym")


@dataclass(slots=True)
class Guard:
    """What no message may show: lines of files, and names."""

    vocabulary: Vocabulary
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    quoted: list[tuple[str, str]] = field(default_factory=list)
    """Names of quoted speakers as the texts have them, with their slugs: of somebody withheld they are names too."""

    @property
    def names(self) -> WithheldNames:
        """Every name that no message may show."""
        words = self.words | {name for name, slug in self.quoted if slug in self.words}
        return WithheldNames(frozenset(filter(None, map(fold, words - self.public))))

    @property
    def is_needed(self) -> bool:
        """Whether anything at all is withheld."""
        return bool(self.files or self.spans or self.words)

    def watch(self, path: str, tree: Block | None, text: str = "") -> None:
        """Note what is withheld in a file; `text` is searched for marks where there is no tree."""
        private = path.startswith(PRIVATE)
        if tree is None:
            if private or any(f"{mark}:" in text for mark in _MARKS):
                self._watch_file(path)
            return
        whole = private or is_marked(tree)
        if whole:
            self._watch_file(path)
        else:
            self.public.add(Path(path).stem)
        self._watch_quoted(tree)
        self._watch_entities(path, tree, whole=whole)
        for claim in list_claims(tree):
            if is_marked(claim):
                self.spans.append((path, claim.position.line, _find_last(claim)))

    def _watch_quoted(self, tree: Block) -> None:
        quoted = tree.entries.get("quoted")
        for name, value in quoted if isinstance(quoted, Block) else ():
            if isinstance(value, Word):
                self.quoted.append((name.text, value.text))

    def _watch_entities(self, path: str, tree: Block, *, whole: bool) -> None:
        """Note the withheld entities of a registry or a cast; all of them where the `whole` file is withheld."""
        for slug, block in find_entities(tree) or ():
            if isinstance(block, Block) and (whole or is_marked(block)):
                self.spans.append((path, slug.position.line, _find_last(block)))
                self.words |= {slug.text, *list_names(block, self.vocabulary)}

    def cover(self, records: Records, public: Records, names: WithheldNames) -> None:
        """Note what the public edition leaves out, marked or not, and the names of all that is withheld."""
        self.words |= names.folded
        shown = {(record.interview.text, claim.id.text) for record, claim in public.claims}
        left = {r.interview.text for r in public.records}
        passed = {entry.position for r in public.records for entry in r.passed_over}
        for record in records.records:
            if record.interview.text not in left:
                self._watch_file(record.path)
            gone: list[Claim | PassedOver] = [
                c for c in record.claims if (record.interview.text, c.id.text) not in shown
            ]
            gone += [entry for entry in record.passed_over if entry.position not in passed]
            for item in gone:
                last = max(at.line for at, _ in list_texts(item))
                self.spans.append((record.path, item.position.line, last))

    def redact(self, findings: list[Finding]) -> list[Finding]:
        """Return findings as they may be shown."""
        names = self.names
        return [self._redact(finding, names) for finding in findings]

    def hide_paths(self, findings: list[Finding]) -> list[Finding]:
        """Return findings that repeat no text of a file, without the file names that tell of an interview."""
        return [self._hide_path(finding) for finding in findings]

    def _hide_path(self, finding: Finding) -> Finding:
        if finding.place is None or finding.file not in self.files:
            return finding
        return replace(finding, place=replace(finding.place, path=f"{Path(finding.file).parent}/"))

    def _redact(self, finding: Finding, names: WithheldNames) -> Finding:
        if finding.file in self.files:
            where = PRIVATE if finding.file.startswith(PRIVATE) else "mappings/"
            return Finding.at(where, "withheld-problem", found="a problem in a withheld file")
        inside = any(p == finding.file and first <= finding.line <= last for p, first, last in self.spans)
        if inside or names.occur_in(f"{finding.file} {finding.message} {finding.fix}"):
            found = "a problem that touches what is withheld"
            return Finding.at(finding.place or finding.file, "withheld-problem", found=found)
        return finding

    def _watch_file(self, path: str) -> None:
        self.files.add(path)
        if "/interviews/" in path:
            self.words.add(Path(path).stem)


def list_names(block: Block, vocabulary: Vocabulary) -> list[str]:
    """Return every text of an entity as it stands in its file: its name, its other names, its code."""
    keys = (key for key in block.entries if key in vocabulary.keys)
    naming = (key for key in keys if vocabulary.keys[key].takes is Takes.TEXT)
    return [word.text for key in naming for word in list_words(block.entries[key])]


def is_marked(block: Block) -> bool:
    """Tell whether a claim, an entity or a record bears a mark that withholds it, one that cannot be read included."""
    visibility = block.entries.get("visibility")
    public = visibility is None or (isinstance(visibility, Word) and visibility.text == Level.PUBLIC)
    return not public or "pseudonym" in block.entries


def list_words(tree: Tree) -> list[Word]:
    """Return every plain value of a tree."""
    if isinstance(tree, Word):
        return [tree]
    items = tree.items if isinstance(tree, Items) else tuple(tree.entries.values())
    return [word for item in items for word in list_words(item)]


def _find_last(tree: Tree) -> int:
    """Return the last line that a problem within a tree can name."""
    places: list[Position] = [tree.position, *(w.position for w in list_words(tree))]
    if isinstance(tree, Block):
        places += [key.position for key, _ in tree]
    return max(place.line for place in places)

"""Take a claim, an entity or an interview out of a data set, and remember its id in mappings/withdrawn.yaml.

It works on the files as they are, also when they do not read: a withdrawal must not wait for other mistakes. It cannot
reach what has been given away: copies, and the history of the repository.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from testimonia.core.atomic import write_file
from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.core.record import Word
from testimonia.core.yaml_tree import Block, Tree
from testimonia.dataset.records import read_withdrawn
from testimonia.mapping.tombstones import mint_withdrawn_iri
from testimonia.privacy.exposure import WithheldNames, fold
from testimonia.privacy.publication import make_pseudonym_slug
from testimonia.privacy.redaction import is_marked, list_names, list_words
from testimonia.privacy.tombstones import UNDATED, format_withdrawn
from testimonia.records.links import collect_links
from testimonia.records.yaml_edit import cut_claim, cut_entity, find_entities, find_id, list_claims
from testimonia.vocabulary.reading import Vocabulary


@dataclass(slots=True)
class Withdrawal:
    """The result for one id: files changed, places to edit by hand, claims that mention it, its names.

    `published` is the id that the tombstone bears, None where the public edition never had it.
    """

    name: str
    published: str | None = None
    done_before: bool = False
    changed: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    names: WithheldNames = field(default_factory=lambda: WithheldNames(frozenset()))
    slug_tells: bool = False


def withdraw(layout: Layout, vocabulary: Vocabulary, identity: str, *, on: date | None, ledger: Layout) -> Withdrawal:
    """Take a claim (`INTERVIEW/ID`), an entity or an interview out of a data set, for good.

    `ledger` is the layout whose mappings/withdrawn.yaml remembers the id: the data set's own leaves a tombstone in the
    graph, a private folder's leaves none. InputError when no such id is there, or it is both an entity's and an
    interview's.
    """
    findings: list[Finding] = []
    known = read_withdrawn(ledger, findings)
    if findings:
        raise InputError(findings)
    before = set(_spell(identity)) & known.keys()
    there = find_withdrawable(layout, identity)
    if before and not there:
        return Withdrawal(before.pop(), done_before=True)
    if len(there) != 1:
        found = "no claim, entity or interview has this id" if not there else "an entity and an interview have this id"
        expected = "INTERVIEW/ID, SLUG, entity/SLUG or interview/ID"
        raise InputError.at("command line", "not-found", found=found, expected=expected)
    result = Withdrawal(there[0])
    kind, _, slug = result.name.partition("/")
    result.published = _find_published(layout, result.name)
    remembered = result.published if ledger.root == layout.root else result.name
    if remembered:
        known[remembered] = on.isoformat() if on else known.get(remembered, UNDATED)
        write_file(ledger.withdrawn, format_withdrawn(known).encode())
    if kind == "claim":
        _withdraw_claim(layout, slug, result)
    elif kind == "entity":
        _withdraw_entity(layout, vocabulary, slug, result)
        links = collect_links(layout.links, layout.name)[0]
        result.by_hand += [f"{link.path}:{link.line}" for link in links if link.subject.endswith(f"/id/{slug}")]
    else:
        path = layout.records / f"{slug}.yaml"
        path.unlink()
        result.changed.append(layout.name(path))
        result.mentions = _find_mentions(layout, re.compile(rf"claim {re.escape(slug)}/.*|{re.escape(slug)}#.*"))
    return result


def find_withdrawable(layout: Layout, identity: str) -> list[str]:
    """Return what an id means in a data set, in the form of mappings/withdrawn.yaml; [] for nothing."""
    there = set()
    for path, tree in _read_all(layout):
        entities = find_entities(tree)
        there |= {f"entity/{slug}" for slug in (entities.entries if entities else ())}
        if path.parent == layout.records:
            there.add(f"interview/{path.stem}")
            there |= {f"claim/{path.stem}/{find_id(item)}" for item in list_claims(tree)}
    return [name for name in _spell(identity) if name in there]


def _find_published(layout: Layout, name: str) -> str | None:
    """Return the id by which the public edition knows something, None where it does not: no tombstone may tell of it.

    Whether it does is told by graph/ as it stands; where there is no graph, by the marks in the records.
    """
    public = _find_public_name(layout, name)
    files = sorted(layout.graph.rglob("*.nq"))
    settings = read_yaml(layout.dataset, layout.name(layout.dataset))[0]
    base = settings.entries.get("base") if settings else None
    if public is None or not files or not isinstance(base, Word):
        return public
    iri = mint_withdrawn_iri(base.text, public)
    there = any(mark in path.read_text("utf-8") for path in files for mark in (f"<{iri}>", f"<{iri}/"))
    return public if there else None


def _find_public_name(layout: Layout, name: str) -> str | None:
    """Return the id that the marks in the records let be published, perhaps a pseudonym's; None for the withheld."""
    kind, _, slug = name.partition("/")
    public = name
    for path, tree in _read_all(layout):
        of_record = path.parent == layout.records and path.stem == slug.partition("/")[0]
        own = tree if kind == "interview" and of_record else _find_block(path, tree, name)
        if own is None:
            continue
        pseudonym = own.entries.get("pseudonym")
        if isinstance(pseudonym, Word) and kind == "entity":
            public = f"entity/{make_pseudonym_slug(pseudonym.text)}"
        elif is_marked(own) or (of_record and is_marked(tree)):
            return None
    return public


def _find_block(path: Path, tree: Block, name: str) -> Block | None:
    """Return the entity or claim of a file that an id names, None where it is not in this file."""
    entities = find_entities(tree)
    block = entities.entries.get(name.removeprefix("entity/")) if entities and name.startswith("entity/") else None
    if isinstance(block, Block):
        return block
    return next((item for item in list_claims(tree) if name == f"claim/{path.stem}/{find_id(item)}"), None)


def _spell(identity: str) -> list[str]:
    """Return what an id as typed may mean, in the form of mappings/withdrawn.yaml.

    >>> _spell("val-solen/8"), _spell("ivo-brandt")
    (['claim/val-solen/8'], ['entity/ivo-brandt', 'interview/ivo-brandt'])
    """
    if identity.startswith(("claim/", "entity/", "interview/")):
        return [identity]
    return [f"claim/{identity}"] if "/" in identity else [f"entity/{identity}", f"interview/{identity}"]


def _withdraw_claim(layout: Layout, reference: str, result: Withdrawal) -> None:
    interview, _, claim = reference.partition("/")
    path = layout.records / f"{interview}.yaml"
    tree = read_yaml(path, layout.name(path))[0]
    item = next(item for item in list_claims(tree) if find_id(item) == claim) if tree else None
    _rewrite(layout, path, cut_claim(path.read_text("utf-8"), claim), item, result)
    number = re.escape(claim)
    far = rf".*\bclaim {re.escape(interview)}/{number}(/.*)?"
    result.mentions = _find_mentions(layout, re.compile(far))
    near = rf".*\bclaim {number}(/.*)?"
    result.mentions += _find_mentions(layout, re.compile(near), only=path)
    thing = item.entries.get("as") if item else None
    if isinstance(thing, Word):
        result.mentions += _find_mentions(layout, re.compile(re.escape(thing.text)))


def _withdraw_entity(layout: Layout, vocabulary: Vocabulary, slug: str, result: Withdrawal) -> None:
    for path, tree in _read_all(layout):
        entities = find_entities(tree)
        block = entities.entries.get(slug) if entities else None
        if entities is None or block is None:
            continue
        _rewrite(layout, path, cut_entity(path.read_text("utf-8"), slug), block, result)
        names = list(map(fold, list_names(block, vocabulary))) if isinstance(block, Block) else []
        cue = r"(: [\s\S]*)?"  # a context cue names its speaker so
        result.mentions = _find_mentions(layout, re.compile(re.escape(slug) + cue))
        result.names = WithheldNames(frozenset(names) - {""})
        result.slug_tells = bool(set(slug.split("-")) & {part for name in names for part in name.split()})


def _rewrite(layout: Layout, path: Path, text: str | None, tree: Tree | None, result: Withdrawal) -> None:
    """Write what is left of a file, or remove it when nothing is; without `text`, note the place to edit by hand."""
    if text is None:
        line = tree.position.line if tree else 1
        result.by_hand.append(f"{layout.name(path)}:{line}")
        return
    if text:
        write_file(path, text.encode())
    else:
        path.unlink()
    result.changed.append(layout.name(path))


def _find_mentions(layout: Layout, pattern: re.Pattern[str], *, only: Path | None = None) -> list[str]:
    """Return the places of the words that a pattern matches whole, with the claim they stand in."""
    found: list[str] = []
    for path, tree in _read_all(layout):
        if only not in {None, path}:
            continue
        claims = list_claims(tree)
        starts = {word: f"{path.stem}/{find_id(item)}" for item in claims for word in list_words(item)}
        for word in list_words(tree):
            if pattern.fullmatch(word.text):
                found.append(f"{layout.name(path)}:{word.position.line} {starts.get(word, '')}".strip())
    return list(dict.fromkeys(found))


def find_named(layout: Layout, names: WithheldNames) -> list[str]:
    """Return the lines of curated files, comments included, that hold one of the names."""
    return [
        f"{layout.name(path)}:{number}"
        for path, _ in _read_all(layout)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if names.occur_in(line)
    ]


def _read_all(layout: Layout) -> Iterator[tuple[Path, Block]]:
    """Yield each registry and record that can be read as YAML."""
    for path in (*sorted(layout.entities.glob("*.yaml")), *sorted(layout.records.glob("*.yaml"))):
        tree = read_yaml(path, layout.name(path))[0]
        if tree is not None:
            yield path, tree

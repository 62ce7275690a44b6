"""Read all records and registries of a data set, with every problem of every file."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError
from testimonia.core.files import read_bytes
from testimonia.core.findings import Finding
from testimonia.core.iris import WEB_IRI
from testimonia.core.layout import Layout
from testimonia.core.record import Entity, Position, Record, Records, Word
from testimonia.core.visibility import parse_day
from testimonia.core.yaml_tree import Block
from testimonia.privacy.exposure import check_exposure, check_visibility, find_withheld_names
from testimonia.privacy.publication import publish
from testimonia.privacy.redaction import PRIVATE, Guard
from testimonia.privacy.tombstones import check_withdrawn, parse_withdrawn
from testimonia.records.checking import check_records
from testimonia.records.parsing import Parser
from testimonia.records.reasons import check_passed
from testimonia.vocabulary.reading import Vocabulary

_BASE = re.compile(WEB_IRI.pattern + "/")
_OPTIONAL_KEYS = ("publisher", "issued", "repository", "as-of")
_PUBLISHED = Word("public", Position("", 0, 0))
_DATASET_KEYS = ("base", "title", "description", "licence", "version")


@dataclass(frozen=True, slots=True)
class Curated:
    """All records of a data set's own files, their public edition, and the guard of what no message may show."""

    records: Records
    public: Records
    guard: Guard


@dataclass(frozen=True, slots=True)
class Collected:
    """What could be read of a data set's own files, and every problem of every file.

    `findings` may repeat what stands in the files, `open_findings` repeat nothing; `day` is that of the edition.
    """

    records: Records
    guard: Guard
    findings: list[Finding]
    open_findings: list[Finding]
    day: date | None

    @property
    def shown(self) -> list[Finding]:
        """The findings as they may be shown."""
        return self.guard.redact(self.findings) + self.guard.hide_paths(self.open_findings)

    @property
    def full(self) -> list[Finding]:
        """The findings, nothing left out."""
        return self.findings + self.open_findings


def read_records(layout: Layout, vocabulary: Vocabulary, *, as_of: date | None = None) -> Curated:
    """Return everything curated of a data set: settings, registries, records in the order of their ids.

    `as_of` is the day of the edition, by default the one that the settings name. InputError holds every problem of
    every file: form, unknown words, references that lead nowhere, and what would show something withheld.
    """
    collected = collect_records(layout, vocabulary, as_of=as_of)
    if collected.full:
        raise InputError(collected.shown, collected.full)
    curated, exposed = publish_records(collected, vocabulary)
    if exposed:
        raise InputError(exposed)
    return curated


def collect_records(
    layout: Layout, vocabulary: Vocabulary, *, as_of: date | None = None, only: Collection[str] | None = None
) -> Collected:
    """Return what could be read of the curated files, and every problem of every file.

    `only` names the records to read (stems of files); what others may hold is then no problem of theirs.
    """
    parser = Parser(vocabulary)
    guard = Guard(vocabulary)
    dataset = _read_dataset(layout, parser)
    edition, _ = (_find_day(dataset, parser, name) for name in ("as-of", "issued"))
    day = as_of or edition
    withdrawn = read_withdrawn(layout, parser.form.open_findings)
    entities, records = _read_files(layout, "", parser, guard, only)
    base = dataset["base"].text if "base" in dataset else ""
    unusable = frozenset(parser.unusable)
    found = Records(base, dataset, entities, records, unusable, tuple(withdrawn))
    published = dataset.get("repository", _PUBLISHED).text != "private"
    shown = parser.form.open_findings + check_withdrawn(found)
    shown += check_visibility(found, vocabulary, published=published, as_of=day)
    return Collected(found, guard, parser.form.findings + check_records(found, vocabulary), shown, day)


def publish_records(collected: Collected, vocabulary: Vocabulary) -> tuple[Curated, list[Finding]]:
    """Return records without problems with their public edition, and a finding where that names somebody withheld."""
    found, guard = collected.records, collected.guard
    public = publish(found, vocabulary, as_of=collected.day)
    names = find_withheld_names(found, vocabulary, collected.day)
    guard.cover(found, public, names)
    return Curated(found, public, guard), check_exposure(public, names)


def read_private(layout: Layout, curated: Curated, vocabulary: Vocabulary) -> Records:
    """Return the records and registries of a private folder, checked together with a data set's own.

    They are for checking and locking only. InputError says only that something must be fixed; its `full` says what.
    """
    parser, own = Parser(vocabulary), curated.records
    withdrawn = (*own.withdrawn, *read_withdrawn(layout, parser.form.findings))
    entities, records = _read_files(layout, PRIVATE, parser, curated.guard)
    for slug in entities.keys() & own.entities.keys():
        found = "declared in public as well"
        parser.form.report(entities[slug].slug, "slug-twice", record=f"entity {slug}", found=found)
    unusable = frozenset(parser.unusable)
    together = Records(
        own.base, own.dataset, {**entities, **own.entities}, (*own.records, *records), unusable, withdrawn
    )
    findings = [*parser.form.findings, *parser.form.open_findings, *check_withdrawn(together)]
    findings += [p for p in check_records(together, vocabulary) if p.file.startswith(PRIVATE)]
    if findings:
        raise InputError(curated.guard.redact(findings), findings)
    return Records(own.base, own.dataset, entities, records, unusable, withdrawn)


def read_withdrawn(layout: Layout, findings: list[Finding]) -> dict[str, str]:
    """Return the withdrawn ids of a data set with their days, {} where there is no such file."""
    if not layout.withdrawn.is_file():
        return {}
    tree, found = read_yaml(layout.withdrawn, layout.name(layout.withdrawn))
    withdrawn, others = parse_withdrawn(tree) if tree else ({}, [])
    findings += found + others
    return withdrawn


def _read_files(
    layout: Layout, prefix: str, parser: Parser, guard: Guard, only: Collection[str] | None = None
) -> tuple[dict[str, Entity], tuple[Record, ...]]:
    """Read registries and records, or `only` some of the latter; `prefix` goes before their paths in messages."""
    entities = _read_registries(layout, prefix, parser, guard)
    records: list[Record] = []
    for path in sorted(layout.records.glob("*.yaml")):
        unread = only is not None and path.stem not in only
        record = None if unread else _read_record(layout, path, parser, guard, prefix)
        if record is None or record.interview.text != path.stem:
            parser.unusable.add(f"{path.stem}/")
        if record is None:
            continue
        if record.interview.text != path.stem:
            found = f'interview: "{record.interview.text}" in a file of another name'
            fix = "Rename one of the two"
            parser.form.report(record.interview, "file-name", record="head", found=found, expected=path.stem, fix=fix)
        check_passed(parser.form, record, parser.unusable)
        records.append(record)
    for folder in (layout.entities, layout.records):
        parser.form.findings += _find_strays(layout, folder, prefix=prefix, guard=guard)
    return entities, tuple(records)


def _read_registries(layout: Layout, prefix: str, parser: Parser, guard: Guard) -> dict[str, Entity]:
    entities: dict[str, Entity] = {}
    for path in sorted(layout.entities.glob("*.yaml")):
        tree = _read_tree(layout, path, parser, guard, prefix)
        for slug, entity in (parser.parse_entities(tree) if tree else {}).items():
            first = entities.setdefault(slug, entity)
            if first is not entity:
                place, record = first.slug.position, f"entity {slug}"
                found, expected = f'"{slug}" again (first in {place.path}:{place.line})', "one line for one entity"
                parser.form.report(
                    entity.slug, "slug-twice", record=record, found=found, expected=expected, fix="Remove one"
                )
    return entities


def _read_record(layout: Layout, path: Path, parser: Parser, guard: Guard, prefix: str) -> Record | None:
    tree = _read_tree(layout, path, parser, guard, prefix)
    return parser.parse_record(tree) if tree else None


def _find_strays(layout: Layout, folder: Path, *, prefix: str, guard: Guard) -> list[Finding]:
    """Find files that somebody may take for curated ones and that would not be read."""
    strays = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]
    strays = [path for path in strays if path.suffix != ".yaml" or path.parent != folder]
    for path in strays:
        guard.watch(prefix + layout.name(path), None, _read_raw(path))
    fix = f"Call it {layout.name(folder)}/NAME.yaml, or take it away"
    return [
        Finding.at(prefix + layout.name(path), "stray-file", found="a file that is not read", fix=fix)
        for path in strays
    ]


def _read_raw(path: Path) -> str:
    """Return the text of a file with unreadable bytes replaced, "" where it cannot be read at all."""
    try:
        return read_bytes(path).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _read_tree(layout: Layout, path: Path, parser: Parser, guard: Guard, prefix: str = "") -> Block | None:
    name = prefix + layout.name(path)
    tree, findings = read_yaml(path, name)
    guard.watch(name, tree, "" if tree else _read_raw(path))
    parser.form.findings += findings
    return tree


def _find_day(dataset: dict[str, Word], parser: Parser, name: str) -> date | None:
    """Return the day that the settings give under a name, None where they give none."""
    word = dataset.get(name)
    if word is None:
        return None
    try:
        return parse_day(word.text)
    except ValueError:
        parser.form.report(word, "day-form", found=f'{name} "{word.text}" is no day', fix="Correct it")
        return None


def _read_dataset(layout: Layout, parser: Parser) -> dict[str, Word]:
    """Read the settings of the data set; each of its keys is required."""
    tree, findings = read_yaml(layout.dataset, layout.name(layout.dataset))
    parser.form.findings += findings
    if tree is None:
        return {}
    settings = {key.text: value for key, value in tree if isinstance(value, Word)}
    known = (*_DATASET_KEYS, *_OPTIONAL_KEYS)
    for name in _DATASET_KEYS:
        if not settings.get(name, Word("", tree.position)).text:
            expected = ", ".join(_DATASET_KEYS)
            parser.form.report(tree, "key-missing", found=f'no "{name}"', expected=expected, fix="Add it")
    for name, pattern in (("base", _BASE), ("licence", WEB_IRI)):
        word = settings.get(name)
        if word is not None and word.text and not pattern.fullmatch(word.text):
            expected = "an http(s) IRI" + (" that ends in a slash" if name == "base" else "")
            parser.form.report(word, "setting-form", found=f'{name} "{word.text}"', expected=expected)
    for key, _ in tree:
        if key.text not in known:
            parser.form.report(key, "unknown-key", found=f'unknown key "{key.text}"', expected=", ".join(known))
    repository = settings.get("repository", _PUBLISHED)
    if repository.text not in {"public", "private"}:
        found, expected = f'repository "{repository.text}"', "public or private"
        parser.form.report(repository, "setting-form", found=found, expected=expected, fix="Correct it")
    return settings

"""Reading: the folders of a data set in, all its records and registries out, or all their problems at once."""

import re
from pathlib import Path

from testimonia.errors import InputError, Problem
from testimonia.layout import Layout
from testimonia.model.record import Entity, Record, Records, Word
from testimonia.records.checking import check_records
from testimonia.records.parsing import Parser
from testimonia.records.reasons import check_passed
from testimonia.records.tree import Block, parse_tree
from testimonia.records.vocabulary import Vocabulary

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_BASE = re.compile(_IRI.pattern + "/")
_DATASET_KEYS = ("base", "title", "description", "licence", "version")


def read_records(layout: Layout, vocabulary: Vocabulary) -> Records:
    """Give everything curated of a data set: settings, registries, records in the order of their ids.

    InputError holds every problem of every file: form, unknown words, references that lead nowhere.
    """
    found, problems = collect_records(layout, vocabulary)
    if problems:
        raise InputError(problems)
    return found


def collect_records(layout: Layout, vocabulary: Vocabulary) -> tuple[Records, list[Problem]]:
    """Give what could be read of the curated files, and every problem of every file."""
    parser = Parser(vocabulary)
    dataset = _read_dataset(layout, parser)
    entities: dict[str, Entity] = {}
    for path in sorted(layout.entities.glob("*.yaml")):
        tree = _read_tree(layout, path, parser)
        for slug, entity in (parser.parse_entities(tree) if tree else {}).items():
            if slug in entities:
                other = entities[slug].slug.position
                got = f'"{slug}" again (first in {other.path}:{other.line})'
                parser.form.report(entity.slug.position, f"entity {slug}", got, "one line for one entity", "Remove one")
            entities.setdefault(slug, entity)
    records: list[Record] = []
    for path in sorted(layout.records.glob("*.yaml")):
        tree = _read_tree(layout, path, parser)
        record = parser.parse_record(tree) if tree else None
        if record is None or record.interview.text != path.stem:
            parser.unusable.add(f"{path.stem}/")
        if record is None:
            continue
        if record.interview.text != path.stem:
            got = f'interview: "{record.interview.text}" in a file of another name'
            parser.form.report(record.interview.position, "head", got, path.stem, "Rename one of the two")
        check_passed(parser.form, record, parser.unusable)
        records.append(record)
    found = Records(
        dataset["base"].text if "base" in dataset else "", dataset, entities, tuple(records), frozenset(parser.unusable)
    )
    strays = [p for folder in (layout.entities, layout.records) for p in _find_strays(layout, folder)]
    return found, [*strays, *parser.form.problems, *check_records(found, vocabulary)]


def _find_strays(layout: Layout, folder: Path) -> list[Problem]:
    """Find files that somebody may take for curated ones and that would not be read."""
    strays = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]
    mend = f"Call it {layout.name(folder)}/NAME.yaml, or take it away"
    return [
        Problem(layout.name(path), 0, 0, "", "a file that is not read", "", mend)
        for path in strays
        if path.suffix != ".yaml" or path.parent != folder
    ]


def read_yaml(path: Path, name: str) -> tuple[Block | None, list[Problem]]:
    """Give the tree of a YAML file and its problems; `name` is the path as printed."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(name, 0, 0, "", f"not UTF-8 (byte {error.start})", "", "Save it as UTF-8")]
    except OSError as error:
        return None, [Problem(name, 0, 0, "", f"cannot be read: {error.strerror}")]
    return parse_tree(text, name)


def _read_tree(layout: Layout, path: Path, parser: Parser) -> Block | None:
    tree, problems = read_yaml(path, layout.name(path))
    parser.form.problems += problems
    return tree


def _read_dataset(layout: Layout, parser: Parser) -> dict[str, Word]:
    """Read the settings of the data set; each of its keys is required."""
    tree = _read_tree(layout, layout.dataset, parser)
    if tree is None:
        return {}
    settings = {key.text: value for key, value in tree if isinstance(value, Word)}
    for name in _DATASET_KEYS:
        if not settings.get(name, Word("", tree.position)).text:
            parser.form.report(tree.position, "", f'no "{name}"', ", ".join(_DATASET_KEYS), "Add it")
    for name, pattern in (("base", _BASE), ("licence", _IRI)):
        word = settings.get(name)
        if word is not None and word.text and not pattern.fullmatch(word.text):
            expected = "an http(s) IRI" + (" that ends in a slash" if name == "base" else "")
            parser.form.report(word.position, "", f'{name} "{word.text}"', expected)
    for key, _ in tree:
        if key.text not in _DATASET_KEYS:
            parser.form.report(key.position, "", f'unknown key "{key.text}"', ", ".join(_DATASET_KEYS), "Remove it")
    return settings

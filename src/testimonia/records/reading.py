"""Reading: the folders of a data set in, all its records and registries out, or all their problems at once."""

from pathlib import Path

from testimonia.errors import InputError, Problem
from testimonia.layout import Layout
from testimonia.model.record import Entity, Record, Records, Word
from testimonia.records.checking import check_records
from testimonia.records.parsing import Parser
from testimonia.records.reasons import check_passed
from testimonia.records.tree import Block, parse_tree
from testimonia.records.vocabulary import Vocabulary

_DATASET_KEYS = ("base", "title", "description", "licence", "version")


def read_records(layout: Layout, vocabulary: Vocabulary) -> Records:
    """Give everything curated of a data set: settings, registries, records in the order of their ids.

    InputError holds every problem of every file: form, unknown words, references that lead nowhere.
    """
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
    problems = parser.form.problems + check_records(found, vocabulary)
    if problems:
        raise InputError(problems)
    return found


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
    if "base" in settings and not settings["base"].text.endswith("/"):
        parser.form.report(
            settings["base"].position, "", f'base "{settings["base"].text}"', "an IRI that ends in a slash"
        )
    for key, _ in tree:
        if key.text not in _DATASET_KEYS:
            parser.form.report(key.position, "", f'unknown key "{key.text}"', ", ".join(_DATASET_KEYS), "Remove it")
    return settings

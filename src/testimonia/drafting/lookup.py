"""Lookup: what somebody types for an interview in (`lantern.txt#2`, or the id of its record), the interview out."""

from testimonia.anchors.locking import parse_reference
from testimonia.errors import InputError, Problem, find_nearest
from testimonia.iris import SLUG
from testimonia.layout import Layout
from testimonia.model.record import Word
from testimonia.model.text import Interview
from testimonia.records.reading import read_yaml
from testimonia.texts.reading import Texts

_TYPED = "command line"


def get_interview(layout: Layout, texts: Texts, name: str) -> Interview:
    """Give the interview that a reference or a record's id names; InputError when there is none.

    Of a record only its `source:` is looked at, so that cues can be had while it is still being written.
    """
    if "#" not in name:
        return get_referenced(texts, find_reference(layout, name) or _fail(layout, texts, name))
    return get_referenced(texts, name)


def get_referenced(texts: Texts, reference: str) -> Interview:
    """Give the interview of a reference, file name, `#`, number; InputError when there is none."""
    name, number = parse_reference(reference)
    reading = texts.readings.get(name)
    interview = reading.find_interview(number) if reading is not None else None
    if interview is not None:
        return interview
    if reading is not None:
        expected = f"{name}#1 to {name}#{len(reading.interviews)}"
        raise InputError([Problem(_TYPED, 0, 0, "", f'"{reference}" is not there', expected)])
    unread = [p for p in texts.unread if p.path == name]
    if unread:
        raise InputError(unread)
    known = [i.reference for r in texts.readings.values() for i in r.interviews]
    mend = find_nearest(reference, known) or "`testimonia texts` lists what there is"
    raise InputError([Problem(_TYPED, 0, 0, "", f'no interview "{reference}" among the texts', "FILE#NUMBER", mend)])


def find_reference(layout: Layout, slug: str) -> str | None:
    """Give what stands behind `source:` in the record of that id, None where there is no such record or line."""
    path = layout.records / f"{slug}.yaml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        return None
    tree, problems = read_yaml(path, layout.name(path))
    if tree is None:
        raise InputError(problems)
    source = tree.entries.get("source")
    return source.text if isinstance(source, Word) else None


def _fail(layout: Layout, texts: Texts, name: str) -> str:
    known = [p.stem for p in sorted(layout.records.glob("*.yaml"))]
    known += [i.reference for r in texts.readings.values() for i in r.interviews]
    got = f'no record with a source is called "{name}"'
    mend = find_nearest(name, known) or "`testimonia texts` lists what there is"
    raise InputError([Problem(_TYPED, 0, 0, "", got, "the id of a record, or FILE#NUMBER", mend)])

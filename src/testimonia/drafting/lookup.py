"""The interview that somebody means: `lantern.txt#2`, or the id of its record."""

from collections.abc import Mapping

from testimonia.anchors.lockfile import parse_lock
from testimonia.anchors.locking import parse_reference
from testimonia.core.curated_files import read_text, read_yaml
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.iris import SLUG
from testimonia.core.layout import Layout
from testimonia.core.record import Word
from testimonia.core.text import Interview
from testimonia.core.yaml_tree import Block
from testimonia.drafting.slugs import propose_person
from testimonia.privacy.redaction import is_marked
from testimonia.texts.reading import Texts

_TYPED = "command line"


def get_interview(layout: Layout, texts: Texts, name: str) -> Interview:
    """Return the interview that a reference or a record's id names; InputError when there is none.

    Of a record only `source:` and who is quoted are looked at, so that cues can be had while it is still being written.
    Quotations without an entity yet get the slug of a name, as a skeleton proposes it.
    """
    if "#" in name:
        return propose_speakers(get_referenced(texts, name))
    interview = get_referenced(texts, find_reference(layout, name) or _fail(layout, texts, name))
    tree = _read_record(layout, name)
    numbers = {int(n): slug for n, slug in _list_slugs(tree, "turns").items() if n.isascii() and n.isdigit()}
    return propose_speakers(interview, _list_slugs(tree, "quoted"), numbers)


def propose_speakers(
    interview: Interview, names: Mapping[str, str] | None = None, turns: Mapping[int, str] | None = None
) -> Interview:
    """Return the interview with slugs as the speakers of its quotations: those given, else proposed from the names."""
    if not any(t.speaker_name for t in interview.turns) and not turns:
        return interview
    proposed = {t.speaker_name: propose_person(t.speaker_name) for t in interview.turns if t.speaker_name}
    return interview.assign(proposed | dict(names or {}), turns or {})


def get_referenced(texts: Texts, reference: str) -> Interview:
    """Return the interview of a reference, file name, `#`, number; InputError when there is none."""
    name, number = parse_reference(reference)
    reading = texts.readings.get(name)
    interview = reading.find_interview(number) if reading is not None else None
    if interview is not None:
        return interview
    if reading is not None:
        expected = f"{name}#1 to {name}#{len(reading.interviews)}"
        raise InputError.at(_TYPED, "not-found", found=f'"{reference}" is not there', expected=expected)
    unread = [p for p in texts.unread if p.file == name]
    if unread:
        raise InputError(unread)
    known = [i.reference for r in texts.readings.values() for i in r.interviews]
    fix = find_nearest(reference, known) or "`testimonia texts` lists what there is"
    raise InputError.at(
        _TYPED, "not-found", found=f'no interview "{reference}" among the texts', expected="FILE#NUMBER", fix=fix
    )


def find_reference(layout: Layout, slug: str) -> str | None:
    """Return what stands behind `source:` in the record of that id, None where there is no such record or line."""
    tree = _read_record(layout, slug)
    source = tree.entries.get("source") if tree else None
    return source.text if isinstance(source, Word) else None


def _read_record(layout: Layout, slug: str) -> Block | None:
    path = layout.records / f"{slug}.yaml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        return None
    tree, findings = read_yaml(path, layout.name(path))
    if tree is None:
        raise InputError(findings)
    return tree


def _list_slugs(tree: Block | None, key: str) -> dict[str, str]:
    """Return the plain values of a mapping in the head, by key; empty where there is none."""
    block = tree.entries.get(key) if tree else None
    entries = block.entries if isinstance(block, Block) else {}
    return {name: value.text for name, value in entries.items() if isinstance(value, Word)}


def _list_locked(layout: Layout) -> set[str]:
    """Return the ids of the interviews in the lock, which holds public ones only; none where there is no lock yet."""
    text = read_text(layout.lock, layout.name(layout.lock))[0] if layout.lock.is_file() else None
    return set(parse_lock(text).interviews) if text else set()


def _fail(layout: Layout, texts: Texts, name: str) -> str:
    paths = sorted(layout.records.glob("*.yaml"))
    known = [p.stem for p in paths if (tree := read_yaml(p, layout.name(p))[0]) and not is_marked(tree)]
    known = [stem for stem in known if stem in _list_locked(layout)]  # those that nothing withholds
    known += [i.reference for r in texts.readings.values() for i in r.interviews]
    found = f'no record with a source is called "{name}"'
    fix = find_nearest(name, known) or "`testimonia texts` lists what there is"
    raise InputError.at(_TYPED, "not-found", found=found, expected="the id of a record, or FILE#NUMBER", fix=fix)

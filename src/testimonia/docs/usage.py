"""Example lines of a record: one that uses a key correctly, and one that does not."""

from dataclasses import replace

from testimonia.vocabulary.reading import ClaimKind, Key, Takes, Vocabulary

_LINES = {
    Takes.ENTITY: ("harbour-police", "Harbour Police"),
    Takes.DATE: ("2031-05-04", "last May"),
    Takes.TRUTH: ("true", "yes"),
    Takes.TEXT: ("a line of text", ""),
}
_NAMED = {"entity": ("song-archive", "Song Archive"), "happening": ("archive-raid", "the raid")}
_TAKES = {
    Takes.TERM: "a term of the scheme",
    Takes.ENTITY: "the slug of an entity",
    Takes.DATE: "a date (EDTF), as precise as the text",
    Takes.TRUTH: "true, or no key at all",
    Takes.TEXT: "a line of text",
}


def describe_value(key: Key) -> str:
    """Return what stands behind a key, in words.

    >>> describe_value(Key("by", "https://example.org/by", Takes.ENTITY, None, {}))
    'the slug of an entity'
    """
    return _TAKES[key.takes] + (f' "{key.scheme}"' if key.scheme else "")


def describe_named(kind: ClaimKind, vocabulary: Vocabulary) -> str:
    """Return what stands behind the key of a kind, in words.

    >>> describe_named(ClaimKind("about", None, "holds", "entity"), None)
    'the slug of an entity'
    """
    if kind.names in {"entity", "happening"}:
        return f"the slug of {'an entity' if kind.names == 'entity' else 'a happening'}"
    return describe_value(vocabulary.keys[kind.names])


def make_lines(key: Key, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return a good line and a bad one.

    >>> make_lines(Key("date", "https://example.org/date", Takes.DATE, None, {}), None)
    ('date: 2031-05-04', 'date: last May')
    """
    if key.takes is Takes.TERM and key.scheme:
        slug = next(iter(vocabulary.terms.get(key.scheme, {})), "")
        return f"{key.name}: {slug}", f"{key.name}: some-{slug}"
    good, bad = _LINES[key.takes]
    return f"{key.name}: {good}", f"{key.name}: {bad}".rstrip()


def make_named_lines(kind: ClaimKind, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return a good line and a bad one with the key of a kind.

    >>> make_named_lines(ClaimKind("about", None, "holds", "entity"), None)
    ('about: song-archive', 'about: Song Archive')
    """
    if kind.names in {"entity", "happening"}:
        slug, name = _NAMED[kind.names]
        return f"{kind.name}: {slug}", f"{kind.name}: {name}"
    return make_lines(replace(vocabulary.keys[kind.names], name=kind.name), vocabulary)

"""What the last clean run saw, kept so that the next need not read again what stayed the same.

Everything is kept by digest, in the folder `.testimonia/` of the data set. A state that does not fit this program,
this model, these settings and registries is no state.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

import testimonia.core.layout
from testimonia.core.evidence import Lock
from testimonia.core.iris import mint_entity_iri, mint_graph_iri
from testimonia.core.layout import Layout
from testimonia.core.namespaces import expand
from testimonia.core.record import Record
from testimonia.rdf.reading import get_value, read_turtle
from testimonia.validation.cache import keep

_INVERSE = ox.NamedNode(expand("sh:inversePath"))
_REFERENCE = re.compile(r"claim ([a-z0-9-]+)/")
_LISTS = ("declares", "refers", "mentions", "meets")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one record, by the file's stem.

    `record` and `lock` are digests of the file and of its part of the lock; `declares` the names that it gives
    (cast, things, source); `refers` the interviews whose claims it names; `mentions` the slugs of the entities that its
    graph names, `meets` those of them that a shape looks at from behind (`sh:inversePath`): there, what is said in one
    record matters for another.
    """

    record: str
    lock: str
    declares: tuple[str, ...]
    refers: tuple[str, ...]
    mentions: tuple[str, ...]
    meets: tuple[str, ...]

    def shares(self, stem: str, used: set[str], lost: set[str]) -> bool:
        """Tell whether this record gives or tells of a name that is used, or mentions one that is no longer."""
        return not used.isdisjoint((stem, *self.declares, *self.meets)) or not lost.isdisjoint(self.mentions)


_NO_ENTRY = Entry("", "", (), (), (), ())
"""What is known of a record that no clean run has seen."""


@dataclass(frozen=True, slots=True)
class State:
    """What a clean run saw: a digest of all that concerns every record, each record, each file of graph/."""

    common: str
    records: Mapping[str, Entry]
    graph: Mapping[str, str]


def read_state(layout: Layout) -> State | None:
    """Return the state of the last clean run; None where there is none that can be used."""
    try:
        tree = json.loads((layout.state / "clean.json").read_text("utf-8"))
        entries = {
            stem: Entry(entry["record"], entry["lock"], *(tuple(entry[name]) for name in _LISTS))
            for stem, entry in tree["records"].items()
        }
        state = State(tree["common"], entries, dict(tree["graph"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # not there, damaged, or of another version
        return None
    return state if state.common == digest_common(layout) else None


def write_state(layout: Layout, state: State) -> bool:
    """Keep a state; tell whether it could be written."""
    return keep(layout.state / "clean.json", json.dumps(asdict(state), indent=1, sort_keys=True) + "\n")


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_common(layout: Layout) -> str:
    """Return one digest of what all records depend on: program, model, settings, registries, links, questions."""
    package = Path(testimonia.core.layout.__file__).parents[1]
    files = [
        *package.rglob("*.py"),
        *(layout.model / "ontology").rglob("*.ttl"),
        *layout.shapes.glob("*.ttl"),
        *(layout.model / "queries" / "checks").glob("*.rq"),
        *layout.entities.rglob("*"),
        *layout.links.rglob("*"),
        *layout.questions.glob("*.rq"),
        *(layout.context, layout.kinds, layout.dataset, layout.withdrawn, layout.tags),
    ]
    whole = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        whole.update(f"{path}\0{digest(path.read_bytes())}\n".encode())
    return whole.hexdigest()


def digest_graph(layout: Layout) -> dict[str, str]:
    """Return the digest of each file of graph/, by its name in there."""
    files = (path for path in sorted(layout.graph.rglob("*")) if path.is_file())
    return {path.relative_to(layout.graph).as_posix(): digest(path.read_bytes()) for path in files}


def digest_lock(lock: Lock, interview: str) -> str:
    """Return a digest of what the lock says of one interview; "" when it says nothing."""
    locked = lock.interviews.get(interview)
    return digest(repr((locked, lock.sources.get(locked.source))).encode()) if locked else ""


def find_slugs(text: str) -> set[str]:
    """Return every word of a record's text that may be a slug: more than it names, never less.

    >>> sorted(find_slugs("by: harbour-police  # again"))
    ['again', 'by', 'harbour-police']
    """
    return set(_SLUG.findall(text))


def find_inverse(layout: Layout) -> frozenset[str]:
    """Return the IRIs of the properties that a shape follows backwards."""
    triples = read_turtle(sorted(layout.shapes.glob("*.ttl")), layout.name)
    return frozenset(get_value(t.object) for t in triples if t.predicate == _INVERSE)


def describe_record(  # noqa: PLR0913 - one fact each
    content: bytes, record: Record, lock: Lock, quads: Iterable[ox.Quad], *, base: str, inverse: frozenset[str]
) -> Entry:
    """Return the entry of a record from its file, what was read of it, and the quads of the whole graph."""
    stem, own = mint_entity_iri(base, ""), mint_graph_iri(base, f"interview/{record.interview.text}")
    named = [
        (get_value(q.predicate), get_value(q.object).removeprefix(stem))
        for q in quads
        if get_value(q.graph_name) == own and get_value(q.object).startswith(stem)
    ]
    things = {claim.thing.text for claim in record.claims if claim.thing}
    return Entry(
        record=digest(content),
        lock=digest_lock(lock, record.interview.text),
        declares=tuple(sorted({*record.cast, *things, record.source.text})),
        refers=tuple(sorted(set(_REFERENCE.findall(content.decode("utf-8", errors="replace"))))),
        mentions=tuple(sorted({slug for _, slug in named})),
        meets=tuple(sorted({slug for predicate, slug in named if predicate in inverse})),
    )


def find_related(state: State, changed: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Return the records that must be looked at with the changed ones, and those that must be read beside them.

    `changed` is stem → text as it is now. To be looked at: what names a claim of a changed record. To be read as well:
    whose claims these name; what declares a name that a changed record uses; what tells of an entity that it names;
    what names an entity that it told of and does no longer name.
    """
    others = {stem: entry for stem, entry in state.records.items() if stem not in changed}
    looked = {stem for stem, entry in others.items() if set(entry.refers) & changed.keys()}
    beside: set[str] = {name for stem in looked for name in others[stem].refers}
    for stem, text in changed.items():
        slugs, before = find_slugs(text), state.records.get(stem, _NO_ENTRY)
        used, lost = slugs.union(before.declares), set(before.meets) - slugs
        beside |= {other for other, entry in others.items() if entry.shares(other, used, lost)}
    beside &= others.keys()
    while more := {name for stem in beside for name in others[stem].refers if name in others} - beside:
        beside |= more
    return looked, beside - looked

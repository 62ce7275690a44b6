"""Publication: the graphs of a data set and a server in, the server with exactly these graphs of it out, or as it was.

What differs is put under other names, read back, and moved into place by one update, which a server runs whole or not
at all (SPARQL 1.1 Update, section 3.1.3 with 2.2). Graphs that do not belong to the data set are never touched.
Source: docs/decisions/0025-graphs-are-staged-then-moved.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from testimonia.core.errors import RemoteError
from testimonia.core.iris import belongs
from testimonia.server.publishing.portions import Portion, measure_triples
from testimonia.server.publishing.server import Server

UNTOUCHED = "nothing was changed there"
UNKNOWN = "whether the graphs were moved into place is not known; publish again"
UNSURE = "the graphs were moved into place, but could not be verified; publish again"


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: IRIs of graphs of ours that are new, were replaced, were the same, were removed; others left."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]
    others: tuple[str, ...]


def publish(base: str, portions: Mapping[str, Portion], server: Server) -> Published:
    """Make the graphs of a data set (`base` IRI) on a server those given by their IRIs; verified.

    RemoteError when that fails; its last words say in which state the server is.
    """
    with _saying(UNTOUCHED):
        before = server.list_graphs()
        ours = {name for name in before if belongs(name, base)}
        same = {name for name in ours & set(portions) if _is_there(server, name, portions[name])}
        removed = sorted(ours - set(portions))
        moving = {name: _stage(base, name) for name in portions if name not in same}
        if moving or removed:
            with _cleaning(server, base, before, moving.values()):
                for name, staged in moving.items():
                    server.put_graph(staged, portions[name].content)
                _verify(server, {staged: portions[name] for name, staged in moving.items()})
    if moving or removed:
        _move(server, moving, removed)
    with _saying(UNSURE):
        _verify(server, portions)
        after = server.list_graphs()
        wrong = sorted(name for name in after if name.startswith(_stage(base, "")) or name in removed)
        if wrong:
            raise RemoteError(f"{server.name}: <{wrong[0]}> should be gone, and is not")
    return Published(
        new=tuple(sorted(set(portions) - ours)),
        replaced=tuple(sorted(ours & set(moving))),
        same=tuple(sorted(same)),
        removed=tuple(removed),
        others=tuple(sorted(name for name in after if not belongs(name, base))),
    )


def _stage(base: str, name: str) -> str:
    """Return the IRI under which a graph waits to be moved."""
    return f"{base}staging/{name.removeprefix(base)}"


def _is_there(server: Server, name: str, portion: Portion) -> bool:
    """Tell whether a graph on the server says what it should."""
    return measure_triples(server.get_graph(name)) == portion.measure


def _verify(server: Server, wanted: Mapping[str, Portion]) -> None:
    """Raise RemoteError, which names each graph, unless all say what they should."""
    wrong = []
    for name, portion in wanted.items():
        found = measure_triples(server.get_graph(name))
        if found != portion.measure:
            counts = f"{found.triples:,} triples" if found.triples != portion.measure.triples else "other triples"
            wrong.append(f"{server.name}: <{name}> has {counts} there; expected {portion.measure.triples:,}")
    if wrong:
        raise RemoteError("\n".join(wrong))


def _move(server: Server, moving: Mapping[str, str], removed: Iterable[str]) -> None:
    """Move graphs into place and remove others, in one update; RemoteError with the state when that fails."""
    moves = [f"MOVE <{staged}> TO <{name}>" for name, staged in moving.items()]
    drops = [f"DROP SILENT GRAPH <{name}>" for name in removed]
    try:
        server.update(" ;\n".join([*moves, *drops]))
    except RemoteError as error:
        if error.status and _wait_still(server, moving.values(), removed):
            _clean_up(server, moving.values())
            raise RemoteError(f"{error}; {UNTOUCHED}", status=error.status) from error
        raise RemoteError(f"{error}; {UNKNOWN}", status=error.status) from error


def _wait_still(server: Server, staged: Iterable[str], removed: Iterable[str]) -> bool:
    """Tell whether all graphs that were to be moved or removed are still where they were."""
    try:
        return {*staged, *removed} <= set(server.list_graphs())
    except RemoteError:
        return False


@contextmanager
def _cleaning(server: Server, base: str, before: Iterable[str], staged: Iterable[str]) -> Iterator[None]:
    """Remove what an earlier try left behind, and, when this one fails, what it has put so far."""
    _drop(server, [name for name in before if name.startswith(_stage(base, ""))])
    try:
        yield
    except BaseException:
        _clean_up(server, staged)
        raise


def _clean_up(server: Server, staged: Iterable[str]) -> None:
    """Remove what waits to be moved, if the server lets us; the next try does it otherwise."""
    with suppress(RemoteError):
        _drop(server, staged)


def _drop(server: Server, names: Iterable[str]) -> None:
    drops = [f"DROP SILENT GRAPH <{name}>" for name in names]
    if drops:
        server.update(" ;\n".join(drops))


@contextmanager
def _saying(state: str) -> Iterator[None]:
    """Add to an error in which state the server is."""
    try:
        yield
    except RemoteError as error:
        raise RemoteError(f"{error}; {state}", status=error.status) from error

"""Publication of a data set: the server ends up with exactly its graphs, or stays as it was.

Graphs that differ are uploaded under staging names, verified, and moved into place by one update, which a server runs
atomically (SPARQL 1.1 Update, sections 2.2 and 3.1.3). Graphs outside the data set are never touched.
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
    """The result: IRIs of graphs that are new, were replaced, were the same, were removed; `others` were left alone."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]
    others: tuple[str, ...]


def publish(base: str, portions: Mapping[str, Portion], server: Server) -> Published:
    """Make the graphs of a data set (`base` IRI) on a server equal to `portions`, and verify the result.

    RemoteError when that fails; its message ends with the state that the server is left in.
    """
    with _report_state(UNTOUCHED):
        before = server.list_graphs()
        present = {name for name in before if belongs(name, base)}
        same = {name for name in present & portions.keys() if _is_same(server, name, portions[name])}
        removed = sorted(present - portions.keys())
        moving = {name: _stage(base, name) for name in sorted(portions.keys() - same)}
        if moving or removed:
            with _clean_staging(server, base, before, moving.values()):
                _upload(server, {staged: portions[name] for name, staged in moving.items()})
    if moving or removed:
        _move(server, moving, removed)
    with _report_state(UNSURE):
        _verify(server, portions)
        after = server.list_graphs()
        _verify_gone(server, after, removed, _list_staged(base, after))
    return Published(
        new=tuple(sorted(portions.keys() - present)),
        replaced=tuple(sorted(present & moving.keys())),
        same=tuple(sorted(same)),
        removed=tuple(removed),
        others=tuple(sorted(name for name in after if not belongs(name, base))),
    )


def _stage(base: str, name: str) -> str:
    """Return the staging name of a graph."""
    return f"{base}staging/{name.removeprefix(base)}"


def _is_same(server: Server, name: str, portion: Portion) -> bool:
    """Tell whether a graph on the server has the content of a portion."""
    return measure_triples(server.get_graph(name)) == portion.measure


def _upload(server: Server, wanted: Mapping[str, Portion]) -> None:
    """Upload graphs, and verify that the server has them as they are here."""
    for name, portion in wanted.items():
        server.put_graph(name, portion.content)
    _verify(server, wanted)


def _verify_gone(server: Server, after: Iterable[str], removed: Iterable[str], staged: Iterable[str]) -> None:
    """Raise RemoteError for a graph that is left though it was removed or moved."""
    if left := {*removed, *staged}.intersection(after):
        raise RemoteError(f"{server.name}: <{min(left)}> should be gone, and is not")


def _list_staged(base: str, names: Iterable[str]) -> list[str]:
    """Return the graphs with staging names."""
    return [name for name in names if name.startswith(_stage(base, ""))]


def _verify(server: Server, wanted: Mapping[str, Portion]) -> None:
    """Raise RemoteError that names each graph whose content on the server differs."""
    wrong = []
    for name, portion in wanted.items():
        found = measure_triples(server.get_graph(name))
        if found != portion.measure:
            counts = f"{found.triples:,} triples" if found.triples != portion.measure.triples else "other triples"
            wrong.append(f"{server.name}: <{name}> has {counts} there; expected {portion.measure.triples:,}")
    if wrong:
        raise RemoteError("\n".join(wrong))


def _move(server: Server, moving: Mapping[str, str], removed: Iterable[str]) -> None:
    """Move graphs into place and remove others in one update; RemoteError with the server's state when that fails."""
    moves = [f"MOVE <{staged}> TO <{name}>" for name, staged in moving.items()]
    drops = [f"DROP SILENT GRAPH <{name}>" for name in removed]
    try:
        server.update(" ;\n".join([*moves, *drops]))
    except RemoteError as error:
        if error.status and _is_untouched(server, moving.values(), removed):
            _clean_up(server, moving.values())
            raise RemoteError(f"{error}; {UNTOUCHED}", status=error.status) from error
        raise RemoteError(f"{error}; {UNKNOWN}", status=error.status) from error


def _is_untouched(server: Server, staged: Iterable[str], removed: Iterable[str]) -> bool:
    """Tell whether all graphs to be moved or removed are still there, so that the update did nothing."""
    try:
        return {*staged, *removed} <= set(server.list_graphs())
    except RemoteError:
        return False


@contextmanager
def _clean_staging(server: Server, base: str, before: Iterable[str], staged: Iterable[str]) -> Iterator[None]:
    """Remove staged graphs that an earlier attempt left behind, and those of this one when it fails."""
    _drop(server, _list_staged(base, before))
    try:
        yield
    except BaseException:
        _clean_up(server, staged)
        raise


def _clean_up(server: Server, staged: Iterable[str]) -> None:
    """Remove staged graphs if the server allows; otherwise the next attempt does it."""
    with suppress(RemoteError):
        _drop(server, staged)


def _drop(server: Server, names: Iterable[str]) -> None:
    drops = [f"DROP SILENT GRAPH <{name}>" for name in names]
    if drops:
        server.update(" ;\n".join(drops))


@contextmanager
def _report_state(state: str) -> Iterator[None]:
    """Append the state of the server to the message of an error."""
    try:
        yield
    except RemoteError as error:
        raise RemoteError(f"{error}; {state}", status=error.status) from error

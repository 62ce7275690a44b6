"""Formats of accounts, conflicts and checks: text of 80 columns, CSV, JSON or RDF, without words of an interview."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from textwrap import wrap
from typing import Any

import pyoxigraph as ox

from testimonia.core.iris import mint_equivalents_iri
from testimonia.core.namespaces import get_last_word
from testimonia.core.printable import make_printable
from testimonia.linking.comparison.checking import FigureCheck
from testimonia.linking.comparison.claims import ClaimVoice
from testimonia.linking.comparison.conflicts import Conflict
from testimonia.linking.comparison.facts import Fact
from testimonia.linking.comparison.merged import Merged
from testimonia.linking.comparison.sayings import ThingAccount
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

_WIDTH = 80
_COLUMNS = (
    "thing", "compared", "of", "says", "source", "subject", "graph", "claim", "speaker", "voice", "cites", "passages",
)  # fmt: skip


def write_conflicts(conflicts: list[Conflict]) -> str:
    """Return conflicts as text: the thing and what it is about, then each side with where it stands."""
    lines = []
    for conflict in conflicts:
        of = f", {conflict.about}" if conflict.about else ""
        lines += _wrap(f"{conflict.name}: {conflict.topic}{of}", "")
        for fact in conflict.facts:
            lines += _wrap(f"{fact.source or 'ours'}: {fact.says}", "  ")
            lines += _wrap(_locate(fact), "      ")
    count = len(conflicts)
    return "\n".join([*lines, f"{count} conflict{'' if count == 1 else 's'}."]) + "\n"


def write_conflicts_csv(conflicts: Iterable[Conflict]) -> str:
    """Return conflicts as CSV, a row for each side; thing, `compared` and `of` tell which conflict it is of."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for conflict in conflicts:
        for fact in conflict.facts:
            row = [conflict.thing, conflict.topic, conflict.about, *_list_facts(fact).values()]
            writer.writerow([*row, *(_list_cells(fact.voice) if fact.voice else [""] * 5)])
    return file.getvalue()


def write_conflicts_json(conflicts: Iterable[Conflict]) -> str:
    """Return conflicts as a JSON list."""
    told: list[dict[str, Any]] = []
    for conflict in conflicts:
        equivalents = [iri for iri in conflict.group if iri != conflict.thing]
        head = {"thing": conflict.thing, "equivalents": equivalents, "compared": conflict.topic, "of": conflict.about}
        sides = [_list_facts(fact) | {"voice": asdict(fact.voice) if fact.voice else None} for fact in conflict.facts]
        told.append({**head, "sides": sides})
    return _dump(told)


def _list_facts(fact: Fact) -> dict[str, Any]:
    """Return a side of a conflict, without the voice."""
    return {"says": fact.says, "source": fact.source or "ours", "subject": fact.subject, "graph": fact.graph}


def write_check(check: FigureCheck, query_name: str) -> str:
    """Return a check as text: the verdict, both sides, and why."""
    ours, theirs = check.ours, check.theirs
    on = f" ({ours.written})" if ours.written else ""
    lines = [check.verdict.value, *_wrap(f"ours    {ours.said}{on}, figure {ours.key}", "", 8)]
    lines += _wrap(f"{ours.voice.describe()}; {ours.voice.modality}", " " * 8)
    parts = [str(theirs.number) if theirs.number is not None else "nothing", get_last_word(theirs.unit)]
    parts += [f"per {get_last_word(theirs.per)}"] if theirs.per else []
    parts += [f"({theirs.written})"] if theirs.written else []
    lines += _wrap(f"theirs  {' '.join(filter(None, parts))}, by {query_name}", "", 8)
    for name, graphs in theirs.sources:
        lines += _wrap(f"{name}: {', '.join(graphs)}", " " * 8)
    for at, reason in enumerate(check.why):
        lines += _wrap(f"{'why' if at == 0 else '':<8}{reason}", "", 8)
    return "\n".join(lines) + "\n"


def write_check_json(check: FigureCheck, query_name: str) -> str:
    """Return a check as a JSON object."""
    ours, theirs = check.ours, check.theirs
    own: dict[str, Any] = {"figure": ours.iri, "written": ours.said, "value": ours.value or None}
    own |= {
        "qualifier": ours.qualifier or None,
        "unit": ours.unit,
        "per": ours.per or None,
        "date": ours.written or None,
    }
    own["voice"] = asdict(ours.voice)
    found = {
        "query": query_name,
        "number": str(theirs.number) if theirs.number is not None else None,
        "unit": theirs.unit or None,
        "per": theirs.per or None,
        "date": theirs.written or None,
        "sources": {name: list(graphs) for name, graphs in theirs.sources},
    }
    return _dump({"verdict": check.verdict.value, "why": list(check.why), "ours": own, "theirs": found})


def write_accounts(accounts: Iterable[ThingAccount], merged: Merged, naming: Naming) -> str:
    """Return accounts as text: the thing, its equivalents with their links, then what each source says."""
    lines, count = list[str](), 0
    for account in accounts:
        count += 1
        lines += _wrap(naming.shorten(account.thing), "")
        for iri, place in account.links:
            lines += _wrap(f"= {iri}" + (f"  ({place})" if place else ""), "  ", 4)
        said: dict[str, list[str]] = {"": [f"{voice.describe()}: {voice.gist}" for voice in account.voices]}
        for quad in account.quads:
            source = merged.find_source(get_value(quad.graph_name)) or ""
            said.setdefault(source, []).append(_write_statement(quad, account.thing, naming))
        for source, words in sorted(said.items()):
            lines += [f"  {source or 'ours'}", *(line for word in words for line in _wrap(word, "    ", 6))]
    return "\n".join([*lines, f"{count} thing{'' if count == 1 else 's'} with equivalents."]) + "\n"


def _write_statement(quad: ox.Quad, thing: str, naming: Naming) -> str:
    """Return a statement with short names, and its subject where that is an equivalent of the thing."""
    value = naming.shorten(quad.object.value) if isinstance(quad.object, ox.NamedNode) else str(quad.object)
    of = "" if get_value(quad.subject) == thing else f"  (of {get_value(quad.subject)})"
    return f"{naming.shorten(quad.predicate.value)}: {value}{of}"


def write_account_quads(accounts: Iterable[ThingAccount], merged: Merged) -> str:
    """Return accounts as sorted N-Quads: every statement in the graph of its source, and all equivalents."""
    groups = {merged.find_group(account.thing): account for account in accounts}
    quads = {quad for account in groups.values() for quad in account.quads}
    derived = ox.NamedNode(mint_equivalents_iri(merged.base))
    quads |= {
        quad
        for group in groups
        for iri in group
        for quad in merged.store.quads_for_pattern(ox.NamedNode(iri), None, None, derived)
    }
    return "".join(sorted(f"{quad} .\n" for quad in quads))


def _locate(fact: Fact) -> str:
    if fact.voice:
        return fact.voice.describe()
    return f"{fact.subject} in {fact.graph}" if fact.source else "as the registry has it"


def _list_cells(voice: ClaimVoice) -> list[str]:
    return [voice.claim, voice.speaker, voice.voice, "; ".join(voice.cited), voice.passages]


def _wrap(text: str, indent: str, further: int = 0) -> list[str]:
    """Return text in lines of 80 columns; an IRI that is longer stands whole on a line of its own."""
    below = " " * (further or len(indent) + 2)
    shown = make_printable(text)
    lines = wrap(
        shown, _WIDTH, initial_indent=indent, subsequent_indent=below, break_on_hyphens=False, break_long_words=False
    )
    return lines or [indent]


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

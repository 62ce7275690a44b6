"""Generator: a number of triples in, a graph folder of that size out, like one built from records; always the same.

Run: .venv/bin/python benchmarks/generator.py FOLDER [TRIPLES [FAULTS]]. The invented graph has interviews of thirty
claims or so, with turns, passages, things and figures; voices, bodies, groups, territories and happenings shared among
them; dates; and the project's own vocabulary. It conforms to the shapes, but for the faults that are asked for.

For questions, which ask for everything that claims can say, `write_varied_graph` varies graph/ instead: interviews of
the real forms and proportions, about other people, bodies and happenings.
"""

import hashlib
import random
import re
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.layout import find_layout
from testimonia.core.namespaces import TERM, expand
from testimonia.rdf.reading import get_value, read_turtle

BASE = "https://example.org/made/"
KINDS = {
    "Act": "occurred",
    "Practice": "habitual",
    "Event": "occurred",
    "Activity": "occurred",
    "Condition": "holds",
    "Scenario": "feared",
}
CLAIMS, TURNS, PLACES = 32, 8, 20
_NODE = re.compile(r"<https://w3id\.org/testimonia/(id|date|interview|graph/interview|graph)/([^/>]*)([^>]*>)")
_GIST = re.compile(rf'(<[^>]*/claim/([^/>]*)> <{expand("rdfs:label")}> )"(?:[^"\\]|\\.)*"@en')
Fact = tuple[str, str, str]


def find_terms() -> dict[str, list[str]]:
    """Give the concepts of each scheme of the project, by the scheme's name."""
    layout = find_layout(Path(__file__).parent)
    terms: dict[str, list[str]] = {}
    for triple in read_turtle(sorted(layout.terms.glob("*.ttl")), layout.name):
        if get_value(triple.predicate) == expand("skos:inScheme"):
            terms.setdefault(get_value(triple.object).removeprefix(TERM), []).append(get_value(triple.subject))
    return {name: sorted(found) for name, found in terms.items()}


def write_made_graph(folder: Path, triples: int, *, faults: int = 0) -> int:
    """Write a graph folder of at least so many triples, with so many faults; gives how many triples it has.

    A fault is one that a claim alone shows (no voice), one of a node that it names (a date as an actor), or one that
    only shows from another graph (a claim that fears a happening which others tell of).
    """
    vocabulary = _write_vocabulary(folder)
    terms, count, interviews, used = find_terms(), vocabulary, 0, set[Fact]()
    places = cycle(range(1, max(2, faults and triples // 1000 // faults + 1)))
    left = faults
    while count < triples or interviews < 2:
        facts = _make_interview(interviews, terms, random.Random(interviews))
        if left and next(places) == 1:
            facts, left = _break_one(facts, interviews), left - 1
        named = list(_make_shared(facts, terms))
        count += _write_graph(folder / "interview" / f"made-{interviews}.nq", f"interview/made-{interviews}", facts)
        count += len(set(named) - used)
        used |= set(named)
        interviews += 1
    for name in ("entities", "dates"):
        stem = BASE + ("date/" if name == "dates" else "id/")
        _write_graph(folder / f"{name}.nq", name, [fact for fact in used if fact[0].startswith(stem)])
    return count


def write_varied_graph(folder: Path, triples: int) -> int:
    """Write a graph folder of at least so many triples, varied from graph/; gives how many triples it has.

    The interviews of graph/ come again and again. Four copies after each other tell of the same people, bodies and
    happenings, all of them of the same countries and dates; no text of a claim is kept.
    """
    source = find_layout(Path(__file__).parent).graph
    told = {path.stem: path.read_text("utf-8") for path in sorted(source.glob("interview/*.nq"))}
    entities, dates = ((source / f"{name}.nq").read_text("utf-8") for name in ("entities", "dates"))
    countries = frozenset(re.findall(rf"<{expand('t:country')}> <[^>]*/id/([^>]*)>", "".join(told.values())))
    count = _write_vocabulary(folder) + _write_lines(folder / "dates.nq", _vary(dates, 0, countries))
    copy = 0
    while count < triples:
        if copy % 4 == 0:
            lines = _vary(entities, copy, countries)
            if copy:
                lines = {line for line in lines if line[1:].partition(">")[0].rpartition("/")[2] not in countries}
            count += _write_lines(folder / f"entities-{copy}.nq", lines)
        for name, text in told.items():
            count += _write_lines(folder / "interview" / f"{name}-{copy}.nq", _vary(text, copy, countries))
        copy += 1
    return count


def _vary(text: str, copy: int, countries: frozenset[str]) -> set[str]:
    """Give the lines of N-Quads with their nodes renamed for a copy, and the labels of claims made up."""

    def rename(match: re.Match[str]) -> str:
        space, slug, rest = match.groups()
        if space == "id" and slug not in countries:
            slug = f"{slug}-{copy // 4}"
        elif space in {"interview", "graph/interview"}:
            slug = f"{slug}-{copy}"
        return f"<{BASE}{space}/{slug}{rest}"

    renamed = _NODE.sub(rename, text)
    return set(_GIST.sub(rf'\1"What is said in copy {copy}, as \2."@en', renamed).splitlines(keepends=True))


def _make_interview(number: int, terms: dict[str, list[str]], chance: random.Random) -> list[Fact]:
    """Give the facts of one interview's own graph."""
    facts: list[Fact] = []
    iri = f"{BASE}interview/made-{number}"
    speaker, country = f"{BASE}id/person-{number}", f"{BASE}id/territory-{number % PLACES}"
    note = _note_into(facts)
    note(iri, "rdf:type", expand("t:Interview"))
    note(iri, "rdfs:label", f'"Conversation {number}"@en')
    note(iri, "t:country", country)
    note(iri, "dct:language", '"en"')
    note(iri, "t:source", f'"made-{number}.txt"')
    note(iri, "t:sourceNumber", _number(1, "positiveInteger"))
    note(iri, "t:sourceSha256", f'"{hashlib.sha256(iri.encode()).hexdigest()}"')
    for turn in range(1, TURNS + 1):
        told = f"{iri}/turn/{turn}"
        note(told, "rdf:type", expand("t:Turn"))
        note(told, "t:inInterview", iri)
        note(told, "t:voice", f"{TERM}voice/interviewee")
        note(told, "t:statedBy", speaker)
        note(told, "oa:start", _number(turn * 1000, "nonNegativeInteger"))
        note(told, "oa:end", _number(turn * 1000 + 900, "nonNegativeInteger"))
    for claim in range(1, CLAIMS + 1):
        said, turn = f"{iri}/claim/{claim}", chance.randint(1, TURNS)
        passage, start = f"{said}/evidence/1", turn * 1000 + chance.randint(0, 700)
        note(passage, "rdf:type", expand("t:Passage"))
        note(passage, "t:inTurn", f"{iri}/turn/{turn}")
        note(passage, "oa:start", _number(start, "nonNegativeInteger"))
        note(passage, "oa:end", _number(start + chance.randint(20, 180), "nonNegativeInteger"))
        note(passage, "t:sha256", f'"{hashlib.sha256(said.encode()).hexdigest()}"')
        note(said, "rdf:type", expand("t:Claim"))
        note(said, "rdfs:label", f'"What {number} says as claim {claim}."@en')
        for name, value in (("inInterview", iri), ("statedBy", speaker), ("accordingTo", speaker)):
            note(said, f"t:{name}", value)
        note(said, "t:voice", f"{TERM}voice/interviewee")
        note(said, "t:evidence", passage)
        note(said, "t:country", country)
        _add_telling(note, said, number, terms, chance)
    return facts


def _add_telling(
    note: Callable[[str, str, str], None], said: str, number: int, terms: dict[str, list[str]], chance: random.Random
) -> None:
    """Add what a claim tells of and its details."""
    drawn = chance.random()
    if drawn < 0.1:
        note(said, "t:modality", f"{TERM}modality/judged")
        note(said, "t:topic", chance.choice(terms["topic"]))
        return
    if drawn < 0.2:
        shared = chance.randint(number - number % 4, number)
        note(said, "t:about", f"{BASE}id/happening-{shared // 4}")
        note(said, "t:modality", f"{TERM}modality/occurred")
    else:
        kind, modality = chance.choice(sorted(KINDS.items()))
        thing = f"{said}/thing/it"
        note(said, "t:about", thing)
        note(said, "t:modality", f"{TERM}modality/{modality}")
        note(thing, "rdf:type", expand(f"t:{kind}"))
        note(thing, "t:type", chance.choice(terms["happening"]))
    note(said, "t:actor", f"{BASE}id/organisation-{chance.randint(max(0, number - 30), number)}")
    note(said, "t:target", f"{BASE}id/group-{number}-{chance.randint(0, 5)}")
    if chance.random() < 0.4:
        year = chance.randint(1990, 2030)
        note(said, "t:date", f"{BASE}date/{year}-{chance.randint(1, 12):02}")
    if chance.random() < 0.2:
        note(said, "t:charge", chance.choice(terms["charge"]))
    if chance.random() < 0.3:
        figure = f"{said}/figure/counted"
        note(said, "t:figure", figure)
        note(figure, "rdf:type", expand("t:Figure"))
        note(figure, "t:value", _number(chance.randint(1, 9000), "decimal"))
        note(figure, "t:unit", chance.choice(terms["unit"]))
        note(figure, "t:counts", chance.choice(terms["counted"]))


def _make_shared(facts: list[Fact], terms: dict[str, list[str]]) -> Iterator[Fact]:
    """Give the facts of entities and dates that an interview's facts name."""
    classes = {"person": "Person", "organisation": "Organisation", "group": "Group", "territory": "Territory"}
    for iri in dict.fromkeys(value for _, _, value in facts):
        if iri.startswith(f"{BASE}id/"):
            slug = iri.removeprefix(f"{BASE}id/")
            kind, _, number = slug.partition("-")
            yield iri, expand("rdf:type"), expand(f"t:{classes.get(kind, 'Event')}")
            yield iri, expand("rdfs:label"), f'"{kind} {number}"@en'
            if kind == "happening":
                yield iri, expand("t:type"), terms["happening"][int(number) % len(terms["happening"])]
        elif iri.startswith(f"{BASE}date/"):
            written = iri.removeprefix(f"{BASE}date/")
            yield iri, expand("rdf:type"), expand("t:Date")
            yield iri, expand("rdfs:label"), f'"{written}"'
            yield iri, expand("t:edtf"), f'"{written}"'
            yield iri, expand("t:earliest"), f'"{written}-01"^^<{expand("xsd:date")}>'
            yield iri, expand("t:latest"), f'"{written}-28"^^<{expand("xsd:date")}>'


def _break_one(facts: list[Fact], number: int) -> list[Fact]:
    """Give an interview's facts with one fault, of three kinds in turn."""
    claim = f"{BASE}interview/made-{number}/claim/{CLAIMS}"
    kind = number % 3
    if kind == 0:
        return [fact for fact in facts if fact[:2] != (claim, expand("t:voice"))]
    if kind == 1:
        return [*facts, (claim, expand("t:actor"), f"{BASE}date/2030-01")]
    kept = [f for f in facts if f[0] != claim or f[1] not in {expand("t:about"), expand("t:modality")}]
    told = [(claim, expand("t:about"), f"{BASE}id/happening-{number // 4}")]
    return [*kept, *told, (claim, expand("t:modality"), f"{TERM}modality/feared")]


def _note_into(facts: list[Fact]) -> Callable[[str, str, str], None]:
    def note(subject: str, name: str, value: str) -> None:
        facts.append((subject, expand(name), value))

    return note


def _number(value: int, datatype: str) -> str:
    return f'"{value}"^^<{expand(f"xsd:{datatype}")}>'


def _write_vocabulary(folder: Path) -> int:
    """Write the project's ontology and terms as the graph `vocabulary`."""
    layout = find_layout(Path(__file__).parent)
    triples = read_turtle([layout.ontology, *sorted(layout.terms.glob("*.ttl"))], layout.name)
    graph = ox.NamedNode(f"{BASE}graph/vocabulary")
    return _write_lines(folder / "vocabulary.nq", {f"{t} {graph} .\n" for t in triples})


def _write_graph(path: Path, name: str, facts: list[Fact]) -> int:
    """Write facts as the sorted N-Quads of one named graph."""
    ends = ((s, p, o if o[0] == '"' else f"<{o}>") for s, p, o in facts)
    lines = {f"<{s}> <{p}> {o} <{BASE}graph/{name}> .\n" for s, p, o in ends}
    return _write_lines(path, lines)


def _write_lines(path: Path, lines: set[str]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(sorted(lines)), "utf-8")
    return len(lines)


def main(folder: Path, triples: int, faults: int) -> None:
    """Write the graph and say how large it is."""
    print(f"{write_made_graph(folder, triples, faults=faults):,} triples")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__)
    else:
        main(Path(sys.argv[1]), *([int(a) for a in sys.argv[2:4]] + [10_000, 0][len(sys.argv) - 2 :]))

"""Withdrawing: lines go, a tombstone stays, and what was never public leaves none."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.programs import Run

from testimonia.records.yaml_edit import cut_claim, cut_entity

TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
WITHDRAWN = "https://w3id.org/testimonia/ontology#Withdrawn"


def read_written(quay: Path) -> str:
    files = [p for p in (quay / "data").rglob("*") if p.is_file()]
    return "\n".join(p.read_text("utf-8") for p in files)


def find_tombstones(quay: Path) -> list[str]:
    graph = quay / "data" / "graph"
    quads = [q for p in graph.rglob("*.nq") for q in ox.parse(path=str(p), format=ox.RdfFormat.N_QUADS)]
    graves = {q.subject for q in quads if q.predicate == TYPE and getattr(q.object, "value", "") == WITHDRAWN}
    told = [q for q in quads if q.subject in graves or q.object in graves]
    assert len(told) == len(graves), "a tombstone says that it is one, and nothing else"
    return sorted(str(g) for g in graves)


def test_a_person_is_withdrawn_with_the_claims(run: Run, quay: Path) -> None:
    run("lock", texts=True)
    run("build")
    assert "Pelle" in read_written(quay)
    code, said = run("withdraw", "pelle-norrby", "--claims", "--on", "2032-01-02").merged
    assert code == 0, said
    assert "Norrby" not in said
    assert "Пелле" not in said
    code, said = run("build").merged
    assert code == 0, said
    written = read_written(quay)
    assert "Norrby" not in written
    assert "Пелле" not in written
    assert "Pelle" not in written  # the cue has gone from the lock, without the texts
    stem = "<https://example.org/quay/"
    assert find_tombstones(quay) == [f"{stem}id/pelle-norrby>", f"{stem}interview/quay-boats/claim/7>"]
    ledger = (quay / "data" / "mappings" / "withdrawn.yaml").read_text("utf-8").splitlines()
    assert ledger[1:] == ["claim/quay-boats/7: 2032-01-02", "entity/pelle-norrby: 2032-01-02"]
    assert run("validate")[0] == 0


def test_claims_that_mention_it_are_named_and_stop_the_build(run: Run) -> None:
    run("lock", texts=True)
    run("build")
    said = run("withdraw", "pelle-norrby").said
    assert "still mentions it: mappings/interviews/quay-boats.yaml:72 quay-boats/7" in said
    assert "see --erase" in said
    code, said = run("build").merged
    assert code == 2
    assert "It was withdrawn: take it out, or withdraw the claim as well" in said


def test_a_quoted_speaker_is_named_in_head_claims_cues_and_what_is_passed_over(run: Run) -> None:
    run("lock", texts=True)
    run("build")
    said = run("withdraw", "tovi-maarks").said
    found = {line.partition("quay-press.yaml:")[2] for line in said.splitlines() if "still mentions it" in line}
    assert found >= {"9", "18", "28 quay-press/2", "45 quay-press/4"}, said


def test_twice_is_no_error(run: Run, quay: Path) -> None:
    run("lock", texts=True)
    run("build")
    assert run("withdraw", "quay-boats/7")[0] == 0
    record = (quay / "data" / "mappings" / "interviews" / "quay-boats.yaml").read_text("utf-8")
    code, said = run("withdraw", "quay-boats/7").merged
    assert (code, said.strip()) == (0, "withdrawn before; nothing to do")
    assert (quay / "data" / "mappings" / "interviews" / "quay-boats.yaml").read_text("utf-8") == record


def test_an_interview_leaves_its_tombstone_alone(run: Run, quay: Path) -> None:
    run("lock", texts=True)
    run("build")
    assert run("withdraw", "quay-boats")[0] == 0
    assert run("build")[0] == 0
    assert find_tombstones(quay) == ["<https://example.org/quay/interview/quay-boats>"]
    assert (quay / "data" / "graph" / "interview" / "quay-boats.nq").read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("identity", "grave"),
    [
        ("runa-vestergaard", None),
        ("olga-unnamed", None),
        ("quay-chapel", None),
        ("quay-boats/5", None),
        ("tovi-maarks", "<https://example.org/quay/id/witness-a>"),
    ],
)
@pytest.mark.parametrize("built", [True, False])
def test_what_was_never_public_leaves_no_tombstone(
    identity: str, grave: str | None, built: bool, run: Run, quay: Path
) -> None:
    if identity == "olga-unnamed" and not built:
        return  # only a graph can tell that nobody names her
    (quay / "data" / "mappings" / "interviews" / "quay-press.yaml").unlink()  # its head names him
    run("lock", texts=True)
    if built:
        run("build")
    code, said = run("withdraw", identity, "--claims").merged
    assert code == 0, said
    assert ("no tombstone is left" in said) == (grave is None)
    code, said = run("build").merged
    if identity not in {"runa-vestergaard", "quay-boats/5"}:  # others mention them still
        assert code == 0, said
        assert (grave in find_tombstones(quay)) if grave else find_tombstones(quay) == []
    ledger = quay / "data" / "mappings" / "withdrawn.yaml"
    assert not ledger.is_file() or identity not in ledger.read_text("utf-8")


def test_erased_is_remembered_in_the_private_folder_alone(run: Run, quay: Path) -> None:
    run("lock", texts=True, private=True)
    run("build")
    assert run("withdraw", "pelle-norrby", "--erase")[0] == 2
    assert run("withdraw", "pelle-norrby", "--erase", "--claims", private=True)[0] == 0
    assert run("build")[0] == 0
    assert find_tombstones(quay) == []
    assert "norrby" not in read_written(quay)
    assert "entity/pelle-norrby: undated" in (quay / "private" / "mappings" / "withdrawn.yaml").read_text("utf-8")


def test_a_private_record_is_withdrawn_without_a_word(run: Run, quay: Path) -> None:
    code, said = run("withdraw", "quay-ferry", private=True).merged
    assert (code, said.strip()) == (0, "withdrawn in the private folder")
    assert not (quay / "private" / "mappings" / "interviews" / "quay-ferry.yaml").exists()
    assert not (quay / "data" / "mappings" / "withdrawn.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nobody",), "no claim, entity or interview has this id"),
        (("quay-boats/99",), "no claim, entity or interview has this id"),
        (("quay-boats/7", "--on", "soon"), '"soon" is no day; expected YYYY-MM-DD'),
    ],
)
def test_bad_input(arguments: tuple[str, ...], message: str, run: Run) -> None:
    code, said = run("withdraw", *arguments).merged
    assert code == 2
    assert message in said


def test_cuts_leave_every_other_line_as_it_was() -> None:
    before, after = "claims:\n# first\n- {id: 1, act: raid}\n\n", "# of the third\n- id: 3\n"
    assert cut_claim(before + "- id: 2\n  gist: >\n    # no comment\n    more\n\n" + after, "2") == before + after
    assert cut_claim("claims:\n- id: 1\ntitle: x\n", "1") == "claims: []\ntitle: x\n"
    assert cut_claim("claims: [{id: 1}, {id: 2}]\n", "1") is None
    assert cut_entity("cast: {a: {is: person}, b: {is: person}}\nclaims: []\n", "a") is None
    assert cut_entity("cast:\n  a: {is: person}\nclaims: []\n", "a") == "claims: []\n"
    assert cut_entity("# all\na:\n  is: person\n  name: A\n", "a") == ""

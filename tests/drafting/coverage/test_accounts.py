"""What accounts for what: the example is accounted for whole; a detail taken away is open, and nothing else."""

import re
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.dataset.project import lock_project, read_project
from testimonia.drafting.coverage.accounts import (
    CoverageAccount,
    ItemKind,
    Standing,
    holds_name,
    is_covered,
    match_numerals,
)
from testimonia.drafting.coverage.holdings import ClaimContent, Reader
from testimonia.drafting.coverage.interviews import Covered, cover_interviews
from testimonia.drafting.coverage.names import find_names
from testimonia.drafting.coverage.numerals import find_numerals
from testimonia.texts.reading import read_texts


def cover(layout: Layout, *names: str) -> dict[str, Covered]:
    project = read_project(layout)
    texts = read_texts(layout.root / "texts")
    return {c.account.interview: c for c in cover_interviews(project.records, project.vocabulary, texts, names)}


def change(layout: Layout, interview: str, old: str, new: str) -> None:
    path = layout.records / f"{interview}.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")


def find_open(layout: Layout, interview: str) -> list[str]:
    covered = cover(layout)[interview]
    return [f"{i.kind} {' '.join(covered.text[i.start : i.end].split())}" for i in covered.account.open]


def test_the_example_is_accounted_for(example: Layout) -> None:
    covered = cover(example)
    assert list(covered) == ["val-dale", "val-solen"]
    for one in covered.values():
        assert not one.account.open
        assert one.account.share == 100
        for kind in ItemKind:
            assert one.account.count(kind, Standing.CLAIM) >= 8
        assert one.account.count(ItemKind.SENTENCE, Standing.REASON) >= 1


def test_the_narrative_is_accounted_for(narrative: Layout) -> None:
    account = cover(narrative)["heron-orle"].account
    assert not account.open
    assert account.count(ItemKind.SENTENCE, Standing.REASON) == 10


@pytest.mark.texts
def test_the_complete_records_are_accounted_for(project_layout: Layout, texts: Path) -> None:
    project = read_project(project_layout)
    names = ("hong-kong-elections", "hong-kong-exile", "iraq-alhashimi")
    covered = cover_interviews(project.records, project.vocabulary, read_texts(texts), names)
    assert {c.account.interview: len(c.account.open) for c in covered} == dict.fromkeys(names, 0)


def test_whose_an_entity_is_counts_as_named_with_it(example: Layout) -> None:
    change(
        example, "val-dale", "Legal Desk in Lower Ferry, of: ferry-street-legal-desk}", "Legal Desk, of: song-archive}"
    )
    project = read_project(example)
    record = next(r for r in project.records.records if r.interview.text == "val-dale")
    claim = next(c for c in record.claims if c.id.text == "9")
    held = Reader(project.records, record, project.vocabulary).read_content(claim)
    assert held.holds_name(("song", "archive"))
    assert not held.holds_name(("daily", "harbour"))


@pytest.mark.parametrize(
    ("interview", "old", "new", "wanted"),
    [
        ("val-solen", "summoned: 1200 persons\n", "summoned: 1201 persons\n", []),  # the gist still says it
        ("val-solen", "gist: The Sound Act was passed in 2030.\n", "gist: It was passed.\n", []),  # the date says it
        ("val-dale", "three of them younger than 18.", "three of them minors.", ["numeral 18"]),
        ("val-dale", "held: 48 hours", "held: 49 hours", ["numeral 48"]),
        ("val-solen", "role: organiser of the fair at Lower Ferry\n", "role: organiser\n", []),
        ("val-solen", "name: Ana Ferró}", "name: Ana}", ["name Ana Ferró"]),
        ("val-solen", "  reason: repetition\n  of: claim 21\n", "  reason: no-claim\n", []),
        ("val-dale", "  place: lower-ferry\n\n- id: 10", "\n- id: 10", []),  # the gist of claim 9 names it
        ("val-dale", "  date: 2030\n", "  date: 2029\n", ["date 2030"]),
        ("val-dale", 'contact: "@ferrydesk on Riverline"', 'contact: "@ferrydesk"', ["name Riverline"]),
    ],
)
def test_one_change(example: Layout, interview: str, old: str, new: str, wanted: list[str]) -> None:
    if "Riverline" in old:
        change(example, interview, "can be reached on Riverline", "can be reached")
    if "2030\n" in old and interview == "val-dale":
        change(example, interview, "was to be held in 2030", "was to be held")
    if "Ferró" in old:
        change(example, interview, "gist: Ana Ferró took", "gist: Ana took")
    change(example, interview, old, new)
    assert find_open(example, interview) == wanted


def test_a_sentence_without_claim_or_reason_is_open(example: Layout) -> None:
    path = example.records / "val-dale.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"\npassed-over:\n(?:[ -].*\n)+", "\n", text), "utf-8")
    words = "sentence The views expressed are the interviewee’s own; Lantern Review need not share them."
    assert find_open(example, "val-dale") == [words, "name Lantern Review"]


def test_a_reason_explains_no_more_than_its_passage(example: Layout) -> None:
    change(example, "val-dale", '"The … them."', '"The … own;"')
    found = find_open(example, "val-dale")
    assert found[0].startswith("sentence The views")
    assert found[1:] == ["name Lantern Review"]
    assert is_covered("a b", (0, 3), [(0, 1), (2, 3)])
    assert not is_covered("a b", (0, 3), [(0, 1)])


def hold(*holders: str, told: int = 0) -> ClaimContent:
    found = ClaimContent(numerals={"3": set(holders)})
    found.told["3"] = told
    return found


@pytest.mark.parametrize(
    ("claims", "carried"),
    [
        ([], [False, False]),
        ([hold("figure a 3 years")], [True, False]),
        ([hold("figure a 3 years"), hold("figure a 3 years")], [True, False]),  # two claims, one figure
        ([hold("figure a 3 years"), hold("figure b 3 persons")], [True, True]),
        ([hold(told=1), hold(told=1)], [True, False]),
        ([hold("figure a 3 years", told=2)], [True, True]),
    ],
)
def test_a_number_said_twice_is_carried_twice_or_open(claims: list[ClaimContent], carried: list[bool]) -> None:
    numerals = find_numerals("three years for three men")
    assert [held for _, held in match_numerals(numerals, claims)] == carried


def test_parts_of_names(example: Layout) -> None:
    held = ClaimContent(names={("song", "archive")}, persons={("ivo", "brandt")})
    cases: list[tuple[tuple[str, ...], bool]] = [
        (("brandt",), True),
        (("ivo", "brandt"), True),
        (("song", "archive"), True),
        (("song",), False),
        (("archive", "brandt"), False),
    ]
    assert [held.holds_name(words) for words, _ in cases] == [yes for _, yes in cases]
    assert isinstance(cover(example, "val-dale")["val-dale"].account, CoverageAccount)


def test_unknown_interviews_and_cues_that_do_not_fit_are_told_at_once(example: Layout) -> None:
    change(example, "val-dale", '"The … them."', '"Nobody … them."')
    with pytest.raises(InputError) as caught:
        cover(example, "val-dale", "val-solem")
    shown = "\n".join(map(str, caught.value.findings))
    assert 'no record "val-solem"' in shown
    assert 'Did you mean "val-solen"?' in shown
    assert 'passed-over: cue "Nobody … them."' in shown


def test_passages_passed_over_are_locked(example: Layout) -> None:
    lock = lock_project(read_project(example), example.root / "texts")
    assert "editor: The … them." in lock.interviews["val-dale"].passages


@pytest.mark.parametrize("role", ["director", "keeper"])
def test_a_role_and_the_body_it_is_held_in_are_one_name_of_two(role: str) -> None:
    [name] = find_names("She speaks with the Director of the Council for the Rivers.")
    held = ClaimContent(names={(role,), ("council", "for", "the", "rivers")})
    assert holds_name(name, [held]) == (role == "director")

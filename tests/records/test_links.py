"""Files of links: each case is a folder of them with `expected.txt`, every problem line for line, none for a good one.

The invented data set's entities are the ones that may be linked.
"""

from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layers import OF_THE_GRAPH, Layer
from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_locked_project
from testimonia.dataset.withdrawing import withdraw
from testimonia.linking.writing import format_links
from testimonia.records.links import collect_links, read_link_file, read_links
from testimonia.records.sssom import parse_links
from testimonia.validation.options import Options
from testimonia.validation.project import check_project
from testimonia.validation.target import Target, find_curated
from testimonia.validation.validate import validate
from testimonia.vocabulary.reading import read_vocabulary

CASES = sorted(p for p in (Path(__file__).resolve().parents[1] / "cases" / "linking" / "reading").iterdir())
BASE = "https://example.org/lantern/"
GOOD = CASES[0].parent / "good" / "library.sssom.tsv"
SUBJECTS = {f"{BASE}id/{slug}" for slug in ("ivo-brandt", "mira-solen", "song-archive", "valdoria")}


def put(layout: Layout, text: str, name: str = "library.sssom.tsv") -> Path:
    layout.links.mkdir(parents=True, exist_ok=True)
    path = layout.links / name
    path.write_text(text, "utf-8")
    return path


def test_there_are_cases() -> None:
    assert len(CASES) == 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_at_once(case: Path) -> None:
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    _, problems = collect_links(case / "links", lambda path: path.name, SUBJECTS)
    assert [str(problem) for problem in sorted(problems)] == expected


def test_a_link_has_its_facts() -> None:
    links = read_links(GOOD.parent / "links")
    assert len(links) == 5
    first, *_, last = links
    assert (first.subject, first.object) == (f"{BASE}id/ivo-brandt", "https://lib.example.org/person/12")
    assert (first.negated, first.is_same, first.confidence, first.date) == (True, False, 1.0, "2031-05-06")
    assert (last.subject_label, last.object_label) == ("Valdoria", "Валдория")
    assert [link.is_stated for link in links] == [False, True, True, False, True]


def test_no_folder_gives_no_links(tmp_path: Path) -> None:
    assert read_links(tmp_path / "links") == []


def test_reading_raises_all_of_it() -> None:
    folder = next(case for case in CASES if case.name == "bad-values") / "links"
    with pytest.raises(InputError) as raised:
        read_links(folder)
    assert len(raised.value.findings) > 4


@pytest.mark.parametrize("case", [case for case in CASES if case.name.startswith("good")], ids=lambda case: case.name)
def test_writing_is_stable(case: Path) -> None:
    for path in (case / "links").iterdir():
        file, problems = read_link_file(path, path.name)
        assert not problems
        text = format_links(file)
        assert format_links(parse_links(text, path.name)[0]) == text
        assert path.name != "library.sssom.tsv" or text == path.read_text("utf-8")


def test_positive_links_are_a_graph_of_their_own(example: Layout) -> None:
    without = build_project(*read_locked_project(example, None)).files
    put(example, (GOOD.parent / "links" / GOOD.name).read_text("utf-8"))
    built = build_project(*read_locked_project(example, None)).files
    assert "links.nq" not in without
    assert built["links.nq"].decode().splitlines() == [
        f"<{BASE}id/{slug}> <http://www.w3.org/2004/02/skos/core#{name}Match> <https://lib.example.org/{other}> "
        f"<{BASE}graph/links> ."
        for slug, name, other in (
            ("mira-solen", "exact", "person/7"),
            ("song-archive", "close", "body/3"),
            ("valdoria", "exact", "place/%D0%92"),
        )
    ]
    assert {name for name in built if built[name] != without.get(name)} == {"MANIFEST.json", "dataset.nq", "links.nq"}


def test_a_data_set_with_links_is_valid(example: Layout) -> None:
    put(example, (GOOD.parent / "links" / GOOD.name).read_text("utf-8"))
    layers = {layer for layer in OF_THE_GRAPH if layer is not Layer.OWL}  # HermiT takes its time
    inspection = check_project(example, Options(only=frozenset(layers)))
    assert [str(finding) for finding in inspection.findings if finding.severity != "Info"] == []


def test_what_is_wrong_with_links_is_a_finding(example: Layout) -> None:
    text = (GOOD.parent / "links" / GOOD.name).read_text("utf-8")
    put(example, text.replace("id:mira-solen", "id:mira-sollen"))
    inspection = check_project(example, Options())
    found = [(f.rule, f.layer.value, f.place.path, f.place.line) for f in inspection.findings if f.place]
    assert found == [("link-subject", "references", "mappings/links/library.sssom.tsv", 10)]


def test_problems_of_records_and_links_come_in_one_run(example: Layout) -> None:
    put(example, "nonsense")
    path = example.entities / "happenings.yaml"
    path.write_text(path.read_text("utf-8") + "x: {is: act, type: raidd, name: x}\n", "utf-8")
    with pytest.raises(InputError) as raised:
        read_locked_project(example, None)
    assert {problem.rule for problem in raised.value.findings} > {"link-header", "link-columns"}


def test_links_of_what_is_withdrawn_are_to_be_removed(example: Layout) -> None:
    put(example, (GOOD.parent / "links" / GOOD.name).read_text("utf-8"))
    result = withdraw(example, read_vocabulary(example), "ivo-brandt", on=None, ledger=example)
    assert result.by_hand == ["mappings/links/library.sssom.tsv:9"]


def test_the_name_of_somebody_withheld_is_not_repeated(example: Layout) -> None:
    put(example, (GOOD.parent / "links" / GOOD.name).read_text("utf-8"))
    path = example.entities / "persons.yaml"
    path.write_text(path.read_text("utf-8").replace("{is: person,", "{is: person, visibility: restricted,"), "utf-8")
    dataset = example.dataset.read_text("utf-8")
    example.dataset.write_text(dataset + "repository: private\n", "utf-8")
    with pytest.raises(InputError) as raised:
        read_locked_project(example, None)
    assert "library.sssom.tsv:9" in str(raised.value)
    assert "brandt" not in str(raised.value).lower()


def test_a_day_in_the_header_holds_for_every_line(tmp_path: Path) -> None:
    text = (GOOD.parent / "links" / GOOD.name).read_text("utf-8")
    (tmp_path / "x.sssom.tsv").write_text(
        "#mapping_date: 2031-01-02\n" + text.replace("\t2031-05-06\t0.9", "\t\t0.9"), "utf-8"
    )
    days = [link.date for link in read_links(tmp_path)]
    assert days == ["2031-05-06", "2031-01-02", "2031-05-06", "2031-05-06", "2031-05-06"]


def test_a_file_of_links_can_be_validated_by_itself(example: Layout) -> None:
    text = (GOOD.parent / "links" / GOOD.name).read_text("utf-8")
    path = put(example, text.replace("id:mira-solen", "id:mira-sollen"))
    assert find_curated([path]) == [path]
    found = validate(Target(example, curated=(path,)), Options(only=frozenset({Layer.REFERENCES}))).findings
    assert [finding.rule for finding in found] == ["link-subject"]

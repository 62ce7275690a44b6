"""Reviewing as a user does: one letter a line; each judgement is on disk at once; who stops goes on where they were."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.programs import Outcome, Run

from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_locked_project, write_graph
from testimonia.linking import drafts
from testimonia.records.links import read_links

DATA = """
@prefix lib: <https://lib.example.net/> .
@prefix schema: <https://schema.org/> .
@prefix : <https://lib.example.net/t#> .
lib:p1 a schema:Person ; schema:name "Solen, Mira" .
lib:p2 a schema:Person ; schema:name "Ivo Brandt" .
lib:p3 a schema:Person ; schema:name "Ivo Brand" .
lib:v schema:name "Valdoria" ; :code "XZ" .
"""
Write = Callable[[bytes, Path], Path]


@pytest.fixture
def project(example: Layout, write_source: Write) -> Layout:
    write_graph(example.graph, build_project(*read_locked_project(example, None)))
    (example.root / "workspace" / "lib").mkdir(parents=True)
    write_source(DATA.encode(), example.root / "workspace" / "lib" / "data.nq")
    (example.root / "workspace" / "lib" / "source.nq").touch()
    return example


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch, project: Layout) -> Run:
    """Run `testimonia links …` in the data set with typed lines."""
    monkeypatch.chdir(project.root)

    def call(*arguments: str, typed: str | io.StringIO = "") -> Outcome:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed) if isinstance(typed, str) else typed)
        return run("links", *arguments)

    return call


REVIEW = ("review", "lib", "--reviewer", "orcid:0000-0001-2345-6789", "--on", "2031-05-06")


def read_judgements(layout: Layout) -> dict[tuple[str, str], str]:
    return {
        (link.subject.rpartition("/")[2], link.object.rpartition("/")[2]): (
            "not" if link.negated else "same" if link.is_same else "unsure"
        )
        for link in read_links(layout.links)
    }


def test_suggestions_are_printed_with_reasons(run: Run, project: Layout) -> None:
    code, out, err = run("suggest", "lib")
    assert (code, err) == (0, "")
    assert "0.99  Valdoria  =  Valdoria" in out
    assert '- the code "XZ", under code, which no other of theirs has' in out
    assert "4 suggestions" in out
    assert not project.links.exists()


def test_each_answer_becomes_a_line(run: Run, project: Layout) -> None:
    code, out, _ = run(*REVIEW, typed="what?\ny\nn 0.8\nu\ny\n")
    assert code == 0
    assert "One letter, perhaps with how sure you are" in out
    assert "4 judged, 0 left; in mappings/links/lib.sssom.tsv" in out
    assert read_judgements(project) == {
        ("valdoria", "v"): "same",
        ("ivo-brandt", "p2"): "not",
        ("mira-solen", "p1"): "unsure",
        ("ivo-brandt", "p3"): "same",
    }
    links = {link.object.rpartition("/")[2]: link for link in read_links(project.links)}
    assert links["v"].justification.endswith("LexicalMatching")
    assert links["p3"].justification.endswith("MappingReview")
    assert links["p2"].confidence == 0.8
    assert {(link.reviewer, link.date) for link in links.values()} == {
        ("https://orcid.org/0000-0001-2345-6789", "2031-05-06")
    }
    assert "links.nq" in build_project(*read_locked_project(project, None)).files


def test_a_review_stops_and_goes_on(run: Run, project: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1 judged" in run(*REVIEW, typed="y\nq\n")[1]
    assert read_judgements(project) == {("valdoria", "v"): "same"}
    monkeypatch.setattr("testimonia.linking.suggesting.suggest", None)  # nothing is looked for again
    assert "1 judged" in run(*REVIEW, typed="s\ny\n")[1], "the end of the input stops it as well"
    assert len(read_judgements(project)) == 2
    before = (project.links / "lib.sssom.tsv").read_bytes()
    assert "0 judged" in run(*REVIEW, typed="")[1]
    assert (project.links / "lib.sssom.tsv").read_bytes() == before
    run(*REVIEW, typed="n\n" * 5)
    assert "0 judged, 0 left" in run(*REVIEW, typed="y\n")[1]


def test_what_another_reviewer_wrote_meanwhile_is_kept(run: Run, project: Layout) -> None:
    path = project.links / "lib.sssom.tsv"
    run(*REVIEW, typed="n\n")
    denied = path.read_text()
    path.unlink()

    class Late(io.StringIO):
        """Typed lines; before the first, somebody else writes the file."""

        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
            path.write_text(denied)
            return super().readline(size)

    _, out, err = run(*REVIEW, typed=Late("y\n"))  # the same pair as was denied: refused
    assert "[link-contradiction]" in err
    assert "0 judged" in out
    assert path.read_text() == denied


def test_what_is_skipped_comes_again(run: Run, project: Layout) -> None:
    assert "0 judged, 4 left" in run(*REVIEW, typed="s\ns\ns\ns\n")[1]
    assert read_judgements(project) == {}


def test_new_data_are_looked_at_anew(run: Run, project: Layout, write_source: Write) -> None:
    run("suggest", "lib")
    more = DATA + 'lib:o a schema:Person ; schema:name "Oren Dale" .\n'
    write_source(more.encode(), project.root / "workspace" / "lib" / "data.nq")
    assert "=  Oren Dale" in run("suggest", "lib")[1]


def test_an_interrupted_write_leaves_the_old_file(run: Run, project: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*REVIEW, typed="y\nq\n")
    path = project.links / "lib.sssom.tsv"
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "rename", refuse)
    code, _, err = run(*REVIEW, typed="y\n")
    assert (code, path.read_bytes()) == (2, before)
    assert "No space left on device" in err
    assert [file.name for file in project.links.iterdir()] == ["lib.sssom.tsv"]


def test_a_judgement_that_contradicts_others_is_not_written(run: Run, project: Layout) -> None:
    project.links.mkdir()
    header = (
        "#mapping_set_id: https://example.org/m\n#license: https://example.org/l\n#curie_map:\n"
        "#  id: https://example.org/lantern/id/\n#  lib: https://lib.example.net/\n"
        "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\n"
    )
    line = "id:valdoria\tskos:exactMatch\tNot\tlib:v\tsemapv:MappingReview\n"
    (project.links / "before.sssom.tsv").write_text(header + line, "utf-8")
    code, out, err = run(*REVIEW, typed="y\ns\nq\n")
    assert code == 0
    assert "It contradicts what was judged before" in out
    assert "mappings/links/before.sssom.tsv:7:1: it is denied here, but mappings/links/lib.sssom.tsv:1" in err
    assert "[link-contradiction]" in err
    assert not (project.links / "lib.sssom.tsv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("suggest", "nobody"), r'no source "nobody" here; expected one of: lib'),
        (("suggest", "../lib"), r'no source "../lib" here; expected one of: lib'),
        ((*REVIEW[:3], "me"), "or an https IRI. [reviewer-form]"),
        ((*REVIEW[:3], "orcid:0000-0001-2345-6780"), "is no ORCID iD; expected one such as"),
        ((*REVIEW[:3], "orcid:me"), "is no ORCID iD; expected one such as"),
        ((*REVIEW[:4], "--on", "today"), r'"today" is no day'),
    ],
)
def test_what_cannot_be_done(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert message in err


def test_a_reviewer_may_be_any_iri(run: Run, project: Layout) -> None:
    run("review", "lib", "--reviewer", "https://example.org/staff/7", "--on", "2031-05-06", typed="y\n")
    assert read_links(project.links)[0].reviewer == "https://example.org/staff/7"


def test_a_draft_that_cannot_be_read_is_made_anew(run: Run, project: Layout) -> None:
    run("suggest", "lib")
    draft = project.root / "workspace" / "lib" / drafts.DRAFT
    draft.write_bytes(b"\xff")
    assert "4 suggestions" in run("suggest", "lib")[1]
    shutil.rmtree(draft.parent)
    assert run("suggest", "lib")[0] == 2

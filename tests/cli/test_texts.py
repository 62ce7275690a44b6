"""Commands of the texts: what they print, what they write, and their exit codes."""

from pathlib import Path

import pytest
import yaml

TEXTS = Path(__file__).resolve().parents[2] / "examples" / "lantern" / "texts"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "mappings" / "interviews").mkdir(parents=True)
    (tmp_path / "mappings" / "dataset.yaml").write_text("base: https://example.org/\n", "utf-8")
    return tmp_path


def test_texts_lists_interviews_at_80_columns(run) -> None:  # type: ignore[no-untyped-def]
    code, printed, _ = run("texts", TEXTS)
    assert code == 0
    assert all(len(line) <= 80 for line in printed.splitlines())
    for word in ("lantern.txt", "#1", "VALDORIA", "Mira Solen", "Óren Dale", "narrow", "closed", "2 interviews"):
        assert word in printed


def test_texts_takes_the_folder_from_option_or_environment(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert run("texts", "--texts", TEXTS)[0] == 0
    monkeypatch.setenv("TESTIMONIA_TEXTS", str(TEXTS))
    assert run("texts")[0] == 0


def test_texts_without_a_folder(run) -> None:  # type: ignore[no-untyped-def]
    code, printed, error = run("texts")
    assert (code, printed) == (2, "")
    assert "TESTIMONIA_TEXTS=DIR" in error


def test_texts_names_unknown_layouts_and_shows_markup_as_it_is(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text("VALDORIA: ‘A [red]title[/]’\nIntroduction.\nWhy?\nSo.\n", "utf-8")
    (tmp_path / "b.txt").write_text("A story.", "utf-8")
    code, printed, _ = run("texts", tmp_path)
    assert code == 0
    assert "[red]title[/]" in printed
    assert "b.txt: no reader knows this layout." in printed
    assert "1 text with 1 interview; 1 of another layout" in printed


def test_texts_reports_all_unusable_files(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"\xff")
    code, _, error = run("texts", tmp_path)
    assert code == 2
    assert "a.txt: an empty text" in error
    assert "not UTF-8 (at byte 0)" in error
    assert "[empty-file]" in error
    assert "[not-utf-8]" in error


def test_passages_can_be_copied_into_a_record(run, project: Path) -> None:  # type: ignore[no-untyped-def]
    code, printed, _ = run(
        "passages", "lantern.txt#1", "--find", "harbour police", "--texts", TEXTS, "--project", project
    )
    assert code == 0
    assert yaml.safe_load(printed)["quote"] == "On … minors."
    code, printed, _ = run("passages", "lantern.txt#1", "--voice", "editor", "--texts", TEXTS, "--project", project)
    assert printed.count("speaker: editor") == printed.count("quote: ") == 6
    assert "\n# lantern.txt:5 editor\n" in printed


def test_passages_show_sentences_on_request(run, project: Path) -> None:  # type: ignore[no-untyped-def]
    words = ("passages", "lantern.txt#1", "--find", "turnout", "--texts", TEXTS, "--project", project)
    assert "Turnout will probably be low." not in run(*words)[1]
    assert "Turnout will probably be low." in run(*words, "--sentences")[1]


def test_passages_with_no_such_words(run, project: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, error = run("passages", "lantern.txt#1", "--find", "zzz", "--texts", TEXTS, "--project", project)
    assert code == 2
    assert "no sentence with these words" in error


def test_new_writes_a_record_once(run, project: Path) -> None:  # type: ignore[no-untyped-def]
    words = ("new", "lantern.txt#2", "--texts", TEXTS, "--project", project)
    code, printed, _ = run(*words)
    assert code == 0
    assert "mappings/interviews/valdoria-dale.yaml: written" in printed
    code, _, error = run(*words)
    assert code == 2
    assert "there already; nothing was written" in error
    assert run(*words, "--id", "val-dale")[0] == 0
    code, printed, _ = run("passages", "val-dale", "--texts", TEXTS, "--project", project)
    assert code == 0
    assert "quote: " in printed


HERON = TEXTS.parents[1] / "heron"


def test_a_narrative_lists_who_is_quoted_and_what_is_undecided(run) -> None:  # type: ignore[no-untyped-def]
    code, printed, _ = run("texts", HERON / "texts")
    assert code == 0
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert {"Tamsin Orle 9 97", "Edvin Maas 2 13", "Lene Castell 2 57"} <= set(lines)
    assert "undecided: turn 20 (line 16), turn 22 (line 16)" in " ".join(printed.split())


def test_cues_of_a_narrative_name_the_quoted(run, project: Path) -> None:  # type: ignore[no-untyped-def]
    words = ("--texts", HERON / "texts", "--project")
    code, printed, _ = run("passages", "heron-orle", "--find", "notebook", *words, HERON)
    assert (code, printed) == (0, '# heron.txt:16 neighbour (turn 22)\nspeaker: neighbour\nquote: "Two … notebook."\n')
    code, printed, _ = run("passages", "heron.txt#1", "--voice", "quoted", *words, project)
    assert code == 0
    assert "speaker: tamsin-orle\n" in printed
    assert "speaker:   # whose quotation turn 22 is, the text does not tell\n" in printed
    assert 'quote: "By … owner,"\n' in printed


def test_a_skeleton_of_a_narrative_names_the_quoted(run, project: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, _ = run("new", "heron.txt#1", "--texts", HERON / "texts", "--project", project, "--id", "heron")
    assert code == 0
    record = (project / "mappings" / "interviews" / "heron.yaml").read_text("utf-8")
    assert "\nspeakers:\n  narrator:  # who wrote it" in record
    assert '\n  "Lene Castell": lene-castell\n' in record
    assert "\n  20:  # line 16\n  22:  # line 16\nclaims:\n" in record
    assert "\nheadline:" not in record
    assert "\n# quotation, from line 7 of the text (turn 6)\n# - id: " in record
    assert "\n#   speaker: edvin-maas\n#   quote: " in record

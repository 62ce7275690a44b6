"""A new data set as a user makes it: what is written, that it builds and validates at once, what is refused."""

from pathlib import Path

import pytest
from tests.programs import Run

OPTIONS = {
    "--base": "https://example.org/rivers/",
    "--title": 'Rivers: "voices"',
    "--country": "Ostmark",
    "--iso": "XZ",
}


def call(run: Run, folder: Path, **changes: str) -> tuple[int, str, str]:
    options = OPTIONS | {f"--{name}": value for name, value in changes.items()}
    return run("init", folder, *(word for pair in options.items() for word in pair))


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("country", ["Ostmark", "Valdoria"])
def test_it_builds_and_validates_at_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, country: str
) -> None:
    folder = tmp_path / "new" / "rivers"
    code, out, _ = call(run, folder, country=country)
    assert code == 0
    named = {line.removeprefix("written: ") for line in out.splitlines() if line.startswith("written: ")}
    assert named == {path for path in list_files(folder) if (folder / path).is_file()}
    assert [path.name for path in folder.parent.iterdir()] == ["rivers"]
    monkeypatch.chdir(folder)
    assert "unchanged" in run("lock", "--texts", "texts")[1]
    assert "nothing changed" in run("build", "--texts", "texts")[1]
    assert run("generated", "--check", "--texts", "texts")[0] == 0
    code, out, _ = run("validate", "--fail-on", "warning", "--texts", "texts")
    assert code == 0
    assert out.startswith("no findings")
    assert run("coverage", "--texts", "texts")[0] == 0


def test_settings_are_those_asked_for(run: Run, tmp_path: Path) -> None:
    assert call(run, tmp_path / "x", title="#1: *Łódź* $base", install="testimonia @ file:///dist/x.whl")[0] == 0
    described = (tmp_path / "x" / "graph" / "dataset.nq").read_text("utf-8")
    assert '"#1: *Łódź* $base"@en' in described
    assert "<https://example.org/rivers/>" in described
    for name in (".github/workflows/testimonia.yml", ".pre-commit-config.yaml"):
        assert '"testimonia @ file:///dist/x.whl"' in (tmp_path / "x" / name).read_text("utf-8")


@pytest.mark.parametrize("there", [(), (".git",)])
def test_an_empty_folder_is_filled(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in there:
        (tmp_path / name).mkdir()
    assert call(run, Path())[0] == 0
    assert Path("mappings/dataset.yaml").is_file()
    assert not [name for name in list_files(tmp_path) if "init" in name]


@pytest.mark.parametrize("there", ["README.md", "mappings"])
def test_what_is_there_stays(run: Run, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    for folder in (tmp_path, tmp_path / there):
        code, _, err = call(run, folder)
        assert code == 2
        assert err.rstrip().endswith("[folder-not-empty]")
    assert list_files(tmp_path) == [there]
    assert (tmp_path / there).read_text() == "mine"


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("base", "https://example.org/rivers", 'Did you mean "https://example.org/rivers/"?'),
        ("base", "rivers/", "an http(s) IRI that ends in a slash"),
        ("base", "https://example.org/?a=b/", "without ? and #"),
        ("base", "https://w3id.org/testimonia/", "an address of your own"),
        ("title", " ", "one line of text"),
        ("title", "a\nb: c", "one line of text"),
        ("country", "日本", "without a Latin letter"),
        ("iso", "xz", "two capital letters"),
        ("iso", "VAL", "two capital letters"),
        ("install", "--index-url x", "a requirement as pip reads it"),
    ],
)
def test_wishes_that_cannot_be_used(run: Run, tmp_path: Path, option: str, value: str, said: str) -> None:
    code, _, err = call(run, tmp_path / "x", **{option: value})
    assert code == 2
    assert err.startswith(f"command line --{option}:")
    assert said in err
    assert err.rstrip().endswith("[option-form]")
    assert list_files(tmp_path) == []


def test_all_wrong_wishes_are_told_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    code, _, err = call(run, tmp_path, base="x", iso="y")
    assert code == 2
    assert err.endswith("3 problems.\n")
    assert list_files(tmp_path) == ["there"]


def test_what_fails_on_the_way_leaves_nothing(run: Run, tmp_path: Path) -> None:
    code, _, err = call(run, tmp_path / "x", country="Kalm")  # a place of the example's is called so
    assert code == 2
    assert "[slug-twice]" in err
    assert list_files(tmp_path) == []

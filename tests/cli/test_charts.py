"""`ask --chart`: a picture is written, or what is wrong is said in one line, with exit code 2."""

from pathlib import Path

from tests.programs import Run


def test_a_picture_is_written(run: Run, tmp_path: Path) -> None:
    code, out, err = run("ask", "elections", "--chart", tmp_path / "x.svg")
    assert (code, out) == (2, "")
    assert err.startswith('"elections" has no chart; there is one of: ')
    assert "conditions (map)" in err
    code, out, err = run("ask", "conditions", "--chart", tmp_path / "x.svg", "--param", "country=cuba")
    assert (code, out) == (0, "")
    assert err.endswith("x.svg: 22 rows drawn\n")
    assert b"<svg" in (tmp_path / "x.svg").read_bytes()


def test_what_cannot_be_drawn_or_written(run: Run, tmp_path: Path) -> None:
    code, _, err = run("ask", "conditions", "--chart", tmp_path / "x.png")
    assert code == 2
    assert err.endswith('x.png": a picture is SVG; name a file that ends in .svg\n')
    code, _, err = run("ask", "conditions", "--chart", tmp_path / "nowhere" / "x.svg")
    assert (code, "cannot be written: No such file or directory" in err) == (2, True)
    code, _, err = run("ask", "conditions", "--chart", tmp_path / "x.svg", "--param", "country=cubaa")
    assert (code, 'Did you mean "cuba"?' in err) == (2, True)
    assert not (tmp_path / "x.svg").exists()

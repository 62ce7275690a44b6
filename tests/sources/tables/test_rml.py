"""RML: the mapping of the worked example, run by morph-kgc in its own environment, gives the triples of the context."""

import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.sources.tables.form import read_form

from .files import read_table

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "tables"
PYTHON = Path(sys.prefix).with_name(".venv-morph-kgc") / "bin" / "python"
"""Made by `make test-all`, beside the environment of the tests."""


@pytest.mark.slow
def test_the_same_triples_by_rml(tmp_path: Path) -> None:
    config = (EXAMPLE / "morph-kgc.ini").read_text("utf-8").replace("build/", f"{tmp_path}/")
    (tmp_path / "morph-kgc.ini").write_text(config, "utf-8")
    command = [str(PYTHON), "-m", "morph_kgc", str(tmp_path / "morph-kgc.ini")]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    theirs = (tmp_path / "detentions.nt").read_text("utf-8").splitlines()
    form = read_form(EXAMPLE / "detentions.jsonld", "detentions.jsonld")
    ours = [f"{triple} ." for triple in read_table(EXAMPLE / "detentions.csv", "detentions.csv", form)]
    assert sorted(theirs) == sorted(ours)
    assert len(ours) == 43

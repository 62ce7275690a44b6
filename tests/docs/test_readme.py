"""The figures on the README's first screen are those of the graph and its questions."""

import json
import re
from pathlib import Path

from testimonia.core.layout import Layout

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def count_claims(layout: Layout) -> int:
    line = re.compile(rb"^\S+/claim/[^/>]+> \S+type> \S+ontology#Claim> ", re.MULTILINE)
    return sum(len(line.findall(path.read_bytes())) for path in layout.graph.rglob("interview/*.nq"))


def test_the_figures_are_counted(project_layout: Layout) -> None:
    manifest = json.loads((project_layout.graph / "MANIFEST.json").read_text("utf-8"))
    triples = sum(facts["triples"] for facts in manifest["files"].values())
    interviews = len(list(project_layout.records.glob("*.yaml")))
    questions = len(list(project_layout.questions.glob("*.rq")))
    claims = count_claims(project_layout)
    told = f"{interviews} interviews as {claims:,} claims in {triples:,} triples, with {questions} saved questions"
    assert told in " ".join(README.split())

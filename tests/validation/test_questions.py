"""Questions of another data set: what a shape finds in a header leads to its file."""

import pytest

from testimonia.core.findings import shorten
from testimonia.core.layout import Layout
from testimonia.validation.changes import inspect_changes
from testimonia.validation.project import inspect_project
from testimonia.validation.report import Request

QUESTION = """#+ summary: Those who were told
#+ description: Everybody who was told.
#+ audience: reporters
#+ tags: [people]
#+ columns:
#+   told: who was told
#+ evidence: [claim]
PREFIX t: <https://w3id.org/testimonia/ontology#>
SELECT ?told { ?claim t:addressee ?told } ORDER BY ?told ?claim
"""


@pytest.mark.parametrize("changed", [False, True])
def test_findings_of_a_header_name_its_file(example: Layout, changed: bool) -> None:
    example.questions.mkdir(parents=True)
    (example.questions / "told.rq").write_text(QUESTION)
    inspection = (inspect_changes if changed else inspect_project)(example, Request())
    found = [f for f in inspection.findings if f.focus.endswith("/questions/told")]
    assert [(shorten(f.rule), f.place.path if f.place else "", f.place.line if f.place else 0) for f in found] == [
        ("QuestionShape-comment", "queries/questions/told.rq", 1),
        ("QuestionShape-scopeNote", "queries/questions/told.rq", 1),
    ]

"""Questions of another data set: what a shape finds in a header leads to its file."""

import pytest

from testimonia.core.findings import shorten
from testimonia.core.layout import Layout
from testimonia.validation.changes import check_changes
from testimonia.validation.options import Options
from testimonia.validation.project import check_project

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
    inspection = (check_changes if changed else check_project)(example, Options())
    found = [f for f in inspection.findings if f.focus.endswith("/questions/told")]
    assert [(shorten(f.rule), f.place.path if f.place else "", f.place.line if f.place else 0) for f in found] == [
        ("QuestionShape-comment", "queries/questions/told.rq", 1),
        ("QuestionShape-scopeNote", "queries/questions/told.rq", 1),
    ]

"""Figures against queries: each case on disk says the verdict, the sources that have a part in it, and every reason."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia.core.errors import QueryError
from testimonia.linking.comparison.checking import check_figure
from testimonia.linking.comparison.figured import get_figure
from testimonia.linking.comparison.merged import Merged
from testimonia.linking.comparison.writing import write_check
from testimonia.rdf.short_names import Naming

CASES = Path(__file__).resolve().parents[2] / "cases" / "comparison"
CHECKS: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "checks.yaml").read_text("utf-8"))
REFUSALS: dict[str, dict[str, str]] = yaml.safe_load((CASES / "refusals.yaml").read_text("utf-8"))
HEAD = """
PREFIX base: <https://example.org/lantern/>
PREFIX id: <https://example.org/lantern/id/>
PREFIX reg: <https://register.example/ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX t: <https://w3id.org/testimonia/ontology#>
PREFIX unit: <https://w3id.org/testimonia/term/unit/>
SELECT """


def test_there_are_cases() -> None:
    verdicts = [case["verdict"] for case in CHECKS.values()]
    assert {v: verdicts.count(v) for v in verdicts} == {"agrees": 5, "differs": 5, "cannot tell": 13}
    assert len(REFUSALS) == 13


@pytest.mark.parametrize("name", CHECKS)
def test_case(name: str, merged: Merged, naming: Naming) -> None:
    case = CHECKS[name]
    ours = get_figure(merged, naming, case["claim"], case.get("figure", ""))
    checked = check_figure(merged, ours, HEAD + case["query"])
    assert (checked.verdict.value, list(checked.why)) == (case["verdict"], case["why"])
    assert [name for name, _ in checked.theirs.sources] == case["sources"]
    text = write_check(checked, "query.rq")
    assert all(len(line) <= 80 for line in text.splitlines())
    assert ours.voice.claim in text


@pytest.mark.parametrize("name", REFUSALS)
def test_a_query_that_gives_no_number_is_refused(name: str, merged: Merged, naming: Naming) -> None:
    ours = get_figure(merged, naming, "val-solen#48")
    with pytest.raises(QueryError) as caught:
        check_figure(merged, ours, REFUSALS[name]["query"])
    assert REFUSALS[name]["said"] in str(caught.value)


@pytest.mark.parametrize(
    ("claim", "figure", "said"),
    [
        ("val-solen#8", "", '"val-solen#8" has several figures. Say which: --figure detained or detained/minors'),
        ("val-solen#8", "detaind", '"val-solen#8" has no figure "detaind". Did you mean "detained"?'),
        ("val-solen#8", "xyz", '"val-solen#8" has no figure "xyz". It has: detained, detained/minors'),
        ("val-solen#2", "", '"val-solen#2" has no figure'),
        ("val-solen#999", "", 'there is no claim "val-solen#999"'),
        ("val-solen", "", 'there is no claim "val-solen"'),
        ("a b<c>", "", 'there is no claim "a b<c>"'),
        ("https://example.org/x y", "", 'there is no claim "https://example.org/x y"'),
    ],
)
def test_a_figure_that_is_not_there_is_told(claim: str, figure: str, said: str, merged: Merged, naming: Naming) -> None:
    with pytest.raises(QueryError) as caught:
        get_figure(merged, naming, claim, figure)
    assert str(caught.value).startswith(said)


def test_a_claim_can_be_named_by_its_iri(merged: Merged, naming: Naming) -> None:
    iri = "https://example.org/lantern/interview/val-solen/claim/48"
    assert get_figure(merged, naming, iri) == get_figure(merged, naming, "val-solen#48")

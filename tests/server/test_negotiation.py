"""What a client accepts decides what it gets: each case from disk."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from testimonia.server.negotiation import choose_media_type

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "server" / "accept.yaml").read_text("utf-8"))


def test_there_are_cases() -> None:
    assert len(CASES) == 13


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["accept"] or "nothing")
def test_choice(case: dict[str, Any]) -> None:
    assert choose_media_type(case["accept"], case["offered"]) == case["gets"]


@given(st.text())
def test_any_header_gives_a_type_or_none(header: str) -> None:
    assert choose_media_type(header, ["text/csv", "text/turtle"]) in {"text/csv", "text/turtle", ""}

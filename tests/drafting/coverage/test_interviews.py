"""The real interviews: every sentence, numeral, date and name of each is carried by a claim or has a reason."""

from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.dataset.project import read_project
from testimonia.drafting.coverage.interviews import cover_interviews
from testimonia.texts.reading import read_texts


@pytest.mark.texts
def test_nothing_is_open(project_layout: Layout, texts: Path) -> None:
    project = read_project(project_layout)
    records = project.curated.records
    covered = cover_interviews(records, project.vocabulary, read_texts(texts), (), public=project.records)
    assert len(covered) == 11
    assert {c.account.interview: len(c.account.open) for c in covered if c.account.open} == {}

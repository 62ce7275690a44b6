"""The model's own files: a context or kinds that cannot be used are errors with file and line."""

import shutil
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.vocabulary.reading import read_vocabulary

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "kinds.yaml",
            "modality: occurred,   names: type}",
            "modality: occured,   names: type}",
            'Did you mean "occurred"',
        ),
        (
            "kinds.yaml",
            "opinion:      {modality: judged,    names: topic}",
            "opinion: judged",
            'kind opinion: no "names"',
        ),
        ("context.jsonld", '{"@id": "t:actor",', '{"@id": "u:actor",', "key by: no @id with a declared prefix"),
        ("context.jsonld", '"@context"', '"@contxt"', "not a JSON-LD context"),
    ],
)
def test_a_model_that_cannot_be_used(  # noqa: PLR0917 - one parameter for each column of the table
    example: Layout, tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    model = tmp_path / "model"
    for folder in ("ontology", "shapes"):
        shutil.copytree(ROOT / folder, model / folder)
    (model / "mappings").mkdir()
    for file in ("context.jsonld", "kinds.yaml"):
        shutil.copy(ROOT / "mappings" / file, model / "mappings" / file)
    path = model / "mappings" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=name.replace(".", "[.]")) as raised:
        read_vocabulary(Layout(example.root, model))
    assert message in str(raised.value)
    assert {p.rule for p in raised.value.findings} <= {"context-form", "kinds-form", "not-yaml", "not-rdf"}

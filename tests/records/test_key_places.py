"""Where keys stand is kept with heads, claims and entries, and is where the file says."""

from testimonia.core.layout import Layout
from testimonia.core.record import Claim, Entity, Position, Record
from testimonia.dataset.records import read_records
from testimonia.vocabulary.reading import read_vocabulary


def test_every_key_stands_where_its_place_says(example: Layout) -> None:
    records = read_records(example, read_vocabulary(example)).records
    casts = [entity for record in records.records for entity in record.cast.values()]
    nodes: list[Record | Claim | Entity] = [
        *records.records,
        *(c for r in records.records for c in r.claims),
        *casts,
        *records.entities.values(),
    ]
    assert len(nodes) > 150
    places: list[tuple[str, Position]] = [item for node in nodes for item in node.keys.items()]
    assert len(places) > 700
    lines = {path: (example.root / path).read_text("utf-8").splitlines() for path in {p.path for _, p in places}}
    for key, place in places:
        assert lines[place.path][place.line - 1][place.column - 1 :].startswith(key), f"{place}: {key}"

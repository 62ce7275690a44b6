from testimonia.core.layout import Layout
from testimonia.dataset.records import read_records
from testimonia.validation.dates import find_first_dates
from testimonia.vocabulary.reading import read_vocabulary


def test_every_way_of_writing_a_date(example: Layout) -> None:
    path = example.records / "val-solen.yaml"
    text = path.read_text("utf-8")
    text = text.replace("  date: 2031-05-04", "  date: 2031-05-05", 1)
    text = text.replace("detained: at least 9 persons", "detained: at least 9 persons in 2031-05-06", 1)
    path.write_text(text, "utf-8")
    vocabulary = read_vocabulary(example)
    dates = find_first_dates(read_records(example, vocabulary).public, vocabulary)
    assert dates["2031-05-05"][:2] == ("val-solen", "8")
    assert dates["2031-05-06"][:2] == ("val-solen", "8")
    assert dates["2031-05-04"][2].line > dates["2031-05-05"][2].line
    assert dates["2032%3F"][:2] == ("val-dale", "")
    lines = text.splitlines()
    assert "2031-05-06" in lines[dates["2031-05-06"][2].line - 1]

import pytest
from rdflib import SH, Graph, URIRef

from testimonia.core.findings import find_first_property
from testimonia.shacl.paths import build_path, format_path

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> . e:S sh:path "


PATHS = [
    ("e:a", "https://example.org/a"),
    ("( e:a e:b )", "<https://example.org/a>/<https://example.org/b>"),
    ("[ sh:inversePath e:a ]", "^<https://example.org/a>"),
    ("[ sh:alternativePath ( e:a e:b ) ]", "(<https://example.org/a>|<https://example.org/b>)"),
    ("[ sh:zeroOrMorePath e:a ]", "(<https://example.org/a>)*"),
    ("[ sh:oneOrMorePath [ sh:inversePath e:a ] ]", "(^<https://example.org/a>)+"),
    ("[ sh:zeroOrOnePath e:a ]", "(<https://example.org/a>)?"),
]


@pytest.mark.parametrize(("written", "expected"), PATHS)
def test_paths_as_sparql_writes_them(written: str, expected: str) -> None:
    graph = Graph().parse(data=f"{HEAD}{written} .", format="turtle")
    path = graph.value(URIRef("https://example.org/S"), SH.path)
    assert path is not None
    assert format_path(graph, path) == expected


def test_no_path() -> None:
    graph = Graph().parse(data=HEAD + "[ e:a e:b ] .", format="turtle")
    path = graph.value(URIRef("https://example.org/S"), SH.path)
    assert path is not None
    with pytest.raises(ValueError, match="no SHACL path"):
        format_path(graph, path)


@pytest.mark.parametrize("text", [expected for _, expected in PATHS])
def test_paths_there_and_back(text: str) -> None:
    graph = Graph()
    assert format_path(graph, build_path(graph, text)) == text
    assert find_first_property(text) == "https://example.org/a"


def test_no_path_has_no_first_property() -> None:
    assert find_first_property("") == ""

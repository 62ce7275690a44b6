"""Reading: every format, compressed or not; bounds on what swells; a byte order mark is passed over."""

import gzip
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.sources import limits, reading
from testimonia.sources.external_sort import ExternalSort
from testimonia.sources.processes import make_copy
from testimonia.sources.reading import read_quads

TRIPLE = b'<https://example.com/a> <https://example.com/b> "c" .\n'


def make(folder: Path, *files: tuple[str, bytes]) -> dict[str, int]:
    """The graphs of a copy of files that a process of its own makes."""
    folder.mkdir(exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
    paths = [(folder / name, name) for name, _ in files]
    return make_copy(paths, "x:s", None, folder / "waiting", folder / "data").graphs


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.ttl", "a.nt", "a.nq", "a.trig"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + TRIPLE)
        assert len(list(read_quads(tmp_path / name, name))) == 1
    (tmp_path / "a.nt.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + TRIPLE))
    assert len(list(read_quads(tmp_path / "a.nt.gz", "a"))) == 1


def test_relative_iris_are_resolved_against_the_base(tmp_path: Path) -> None:
    for name, content in (("a.ttl", b"<a> <b> <c> ."), ("a.jsonld", b'{"@id": "a", "x:b": {"@id": "c"}}')):
        (tmp_path / name).write_bytes(content)
        (quad,) = read_quads(tmp_path / name, name, "https://example.com/d/")
        assert (str(quad.subject), str(quad.object)) == ("<https://example.com/d/a>", "<https://example.com/d/c>")


@pytest.mark.parametrize("name", ["bomb.nt.gz", "bomb.nt", "bomb.rdf"])
def test_what_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(reading, "SWELLING_FROM", 10_000)
    monkeypatch.setattr(reading, "LARGEST", 1_000_000)
    content = b"\n" * 2_000_000
    entity = b'<!DOCTYPE r [<!ENTITY a "%s">]>' % (b"h" * 5000)
    value = b"<r:Description r:about='x:a'><r:value>%s</r:value></r:Description>" % (b"&a;" * 50)
    space = b"xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    made = {
        "bomb.nt.gz": gzip.compress(content),
        "bomb.nt": content,
        "bomb.rdf": entity + b"<r:RDF " + space + b">" + value + b"</r:RDF>",
    }
    (tmp_path / name).write_bytes(made[name])
    with pytest.raises(InputError, match=r"swell") as raised:
        list(read_quads(tmp_path / name, name))
    assert raised.value.findings[0].rule in {"file-too-large", "xml-entity"}


def test_a_term_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_bytes(b'<x:a> <x:b> "' + b"v" * 20_000_000)
    with pytest.raises(InputError, match=r"a term or a line of more than 16 MiB.*\[file-too-large\]"):
        list(read_quads(tmp_path / "a.nt", "a.nt"))


def test_a_parser_that_breaks_down_breaks_nothing_else(tmp_path: Path) -> None:
    deep = b"<x:a> <x:p> " + b"<<( <x:p> <x:b> " * 50_000 + b'"v"' + b" )>>" * 50_000 + b" ."
    with pytest.raises(InputError) as raised:
        make(tmp_path, ("a.ttl", deep), ("b.nt", TRIPLE), ("c.nt", b"x"))
    assert [(p.file, p.rule) for p in raised.value.findings] == [("a.ttl", "nested-too-deep"), ("c.nt", "not-rdf")]


@pytest.mark.slow
def test_what_takes_too_long_or_too_much_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    slow = b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
    slow += b'<x:C r:about="x:a"><x:p>' * 20_000 + b"</x:p></x:C>" * 20_000 + b"</r:RDF>"
    with pytest.raises(InputError, match=r"not read within 0\.2 seconds .*\[nested-too-deep\]"):
        make(tmp_path / "slow", ("a.rdf", slow))
    monkeypatch.setattr(limits, "SECONDS", 60)
    monkeypatch.setattr(limits, "MEMORY", 64 * limits.MIB)
    wide = b'{"x:b": [' + b",".join(b'"%d"' % n for n in range(1_500_000)) + b'], "@id": "x:a"}'
    with pytest.raises(InputError, match=r"more than 64 MiB of memory to read.*\[larger-than-memory\]"):
        make(tmp_path / "wide", ("a.jsonld", wide))


@pytest.mark.slow
def test_a_file_larger_than_the_memory_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY", 160 * limits.MIB)
    line = b'<https://example.com/ship/%d> <https://example.com/note> "' + b"Seen again. " * 50 + b'" .\n'
    packed = gzip.compress(b"".join(line % number for number in range(400_000)), 1)
    assert len(line) * 400_000 > 1.4 * limits.MEMORY
    assert make(tmp_path / "large", ("a.nt.gz", packed)) == {"x:s": 400_000}


def test_lines_beyond_memory_are_sorted_on_disk(tmp_path: Path) -> None:
    runs = ExternalSort(tmp_path, most=100)
    lines = [f"{n * 7919 % 1000:04} \u2028é" for n in range(1000)] * 2
    for line in lines:
        runs.add(line)
    assert len(list(tmp_path.iterdir())) > 100
    assert list(runs.merge()) == sorted(set(lines))
    assert list(tmp_path.iterdir()) == []

"""HermiT and Java where they are missing, or come to no verdict: one line that says what to do."""

import importlib.machinery
import stat
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import TestimoniaError
from testimonia.core.namespaces import T, expand
from testimonia.validation.reasoning import hermit
from testimonia.validation.reasoning.hermit import Hermit, find_hermit, find_java

EXTRA = r"pip install 'testimonia\[reason\]'"


def hide(monkeypatch: pytest.MonkeyPatch, **origins: Path | None) -> None:
    """Let packages be where `origins` says, or nowhere."""

    def find(name: str) -> importlib.machinery.ModuleSpec | None:
        origin = origins.get(name)
        return importlib.machinery.ModuleSpec(name, None, origin=str(origin)) if origin else None

    monkeypatch.setattr(hermit, "find_spec", find)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch)
    with pytest.raises(TestimoniaError, match=EXTRA) as raised:
        find_hermit()
    assert len(str(raised.value).splitlines()) == 1


def test_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hermit").mkdir()
    (tmp_path / "hermit" / "HermiT.jar").write_bytes(b"")
    hide(monkeypatch, owlready2=tmp_path / "__init__.py")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TestimoniaError, match=f"needs Java.*{EXTRA}"):
        find_hermit()


def test_a_package_without_hermit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hide(monkeypatch, owlready2=tmp_path / "__init__.py")
    with pytest.raises(TestimoniaError, match="without HermiT"):
        find_hermit()


def test_the_java_of_the_machine_is_taken_where_there_is_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    hide(monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_java() == str(java)


def test_a_java_that_cannot_be_run(tmp_path: Path) -> None:
    with pytest.raises(TestimoniaError, match="Java cannot be run"):
        Hermit(str(tmp_path / "java"), "").is_consistent([])


def write_java(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_run_that_fails_tells_the_kind_of_failure_only(tmp_path: Path) -> None:
    said = 'Exception in thread \\"main\\" org.example.MalformedLiteralException: secret words'
    java = write_java(tmp_path / "java", f'echo "{said}" >&2; exit 1')
    with pytest.raises(TestimoniaError, match="MalformedLiteralException") as raised:
        Hermit(java, "").is_consistent([])
    assert "secret" not in str(raised.value)


def test_a_run_that_does_not_end(tmp_path: Path) -> None:
    java = write_java(tmp_path / "java", "exec tail -f /dev/null")
    with pytest.raises(TestimoniaError, match=r"did not end within 0\.2 s"):
        Hermit(java, "", seconds=0.2).is_consistent([])


@pytest.mark.reason
def test_an_ill_formed_literal_is_no_verdict() -> None:
    value = ox.Literal("nine", datatype=ox.NamedNode(expand("xsd:decimal")))
    kind, prop = ox.NamedNode(expand("rdf:type")), ox.NamedNode(T + "value")
    triples = [
        ox.Triple(prop, kind, ox.NamedNode(expand("owl:DatatypeProperty"))),
        ox.Triple(ox.NamedNode("https://example.org/x"), prop, value),
    ]
    with pytest.raises(TestimoniaError, match=r"came to no verdict.*testimonia validate"):
        find_hermit().is_consistent(triples)

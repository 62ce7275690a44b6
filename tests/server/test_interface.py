"""The interface of saved questions against its own description: schemathesis asks what OpenAPI says may be asked."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow

MORE_IS_TAKEN = "negative_data_rejection"
"""An empty value counts as none, and an IRI may hold signs that the pattern in the description leaves out."""


def test_every_operation_is_as_described(serve: Callable[..., str], lantern: Path, tmp_path: Path) -> None:
    """No error of the server, no status, type or body that is not described, nothing described that is refused."""
    described = f"{serve(lantern)}api/openapi.json"
    options = [
        "--checks",
        "all",
        "--exclude-checks",
        MORE_IS_TAKEN,
        "--max-examples",
        "10",
        "--seed",
        "1",
        "--no-color",
    ]
    program = str(Path(sys.executable).with_name("schemathesis"))
    command = [program, "run", described, *options, "--request-timeout", "30"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
    operations = len(json.load(urlopen(described))["paths"])
    assert operations > 10
    assert f"Tested: {operations}\n" in done.stdout

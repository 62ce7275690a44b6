"""The program without the reasoner, which takes its time."""

import pytest

from testimonia.core.layers import Layer
from testimonia.validation import layers


@pytest.fixture(autouse=True)
def without_reasoner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra [reason] is not installed, but for the tests that are about it: HermiT takes its time."""
    if request.node.get_closest_marker("reason"):
        return

    def refuse(*_: object) -> None:
        raise layers.MissingError("reasoning needs the extra [reason], which is not installed here")

    monkeypatch.setitem(layers._CHECKS, Layer.OWL, refuse)

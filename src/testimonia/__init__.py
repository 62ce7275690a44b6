"""Testimonia: human-rights interviews as linked data whose every statement names its speaker and its passage.

    import testimonia

    graph = testimonia.open_graph()
    for row in graph.questions.requests():
        print(row.claim.name, row.asked)

docs/python.md is the guide. Nothing is imported before it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from testimonia.api.graph import Graph, open_graph
    from testimonia.api.rows import Row, Rows
    from testimonia.api.values import Edtf, Iri
    from testimonia.core.errors import InputError, QueryError, RemoteError, TestimoniaError
    from testimonia.core.version import __version__

__all__ = [
    "Edtf",
    "Graph",
    "InputError",
    "Iri",
    "QueryError",
    "RemoteError",
    "Row",
    "Rows",
    "TestimoniaError",
    "__version__",
    "open_graph",
]

_MODULES = {
    "__version__": "core.version",
    **dict.fromkeys(("InputError", "QueryError", "RemoteError", "TestimoniaError"), "core.errors"),
    **dict.fromkeys(("Graph", "open_graph"), "api.graph"),
    **dict.fromkeys(("Row", "Rows"), "api.rows"),
    **dict.fromkeys(("Edtf", "Iri"), "api.values"),
}


if not TYPE_CHECKING:  # type checkers are to know the names above and no other

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__

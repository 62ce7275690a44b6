"""HTML pages from Jinja templates; all values are escaped."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from testimonia.server.addresses import NodeAddresses
from testimonia.server.assets import find_asset


class Pages:
    """The page templates of one data set."""

    def __init__(self, addresses: NodeAddresses) -> None:
        self._environment = Environment(
            loader=PackageLoader("testimonia.server"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(asset=find_asset, link=addresses.link, path=addresses.find_path)
        self._environment.filters["encode"] = lambda text: quote(text, safe="")
        self._environment.filters["gather"] = gather_languages
        self._environment.tests["iri"] = lambda value: isinstance(value, ox.NamedNode)

    def render(
        self, name: str, values: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> HTMLResponse:
        """Return a page as a response; `name` is its template."""
        text = self._environment.get_template(f"{name}.html").render(values)
        return HTMLResponse(text, status, dict(headers or {}))


def gather_languages(values: Iterable[ox.NamedNode | ox.Literal]) -> list[tuple[ox.NamedNode | ox.Literal, list[str]]]:
    """Return each value with its languages, sorted; a text that is the same in several languages is listed once.

    >>> names = [ox.Literal("Ost", language="de"), ox.Literal("Ost", language="nl"), ox.Literal("Est", language="fr")]
    >>> [(value.value, languages) for value, languages in gather_languages(names)]
    [('Ost', ['de', 'nl']), ('Est', ['fr'])]
    """
    found: dict[object, tuple[ox.NamedNode | ox.Literal, list[str]]] = {}
    for value in values:
        language = value.language if isinstance(value, ox.Literal) else None
        _, languages = found.setdefault(value.value if language else value, (value, []))
        if language:
            languages.append(language)
    return [(value, sorted(languages)) for value, languages in found.values()]

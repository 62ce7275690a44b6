"""Templating: the name of a page and what it shows in, HTML out; whatever is shown is escaped."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from testimonia.web.addresses import Addresses
from testimonia.web.assets import find_asset


class Pages:
    """The pages of one data set, called by name."""

    def __init__(self, addresses: Addresses) -> None:
        self._environment = Environment(
            loader=PackageLoader("testimonia.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(asset=find_asset, link=addresses.link, path=addresses.find_path)
        self._environment.filters["encode"] = lambda text: quote(text, safe="")
        self._environment.tests["iri"] = lambda value: isinstance(value, ox.NamedNode)

    def give(
        self,
        name: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """Give a page as a response."""
        text = self._environment.get_template(f"{name}.html").render(values)
        return HTMLResponse(text, status, dict(headers or {}))

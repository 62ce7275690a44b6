"""Static files that pages load: style sheets, icon, the editor; their URLs change with their content."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

MEDIA_TYPES = {
    "site.css": "text/css",
    "icon.svg": "image/svg+xml",
    "editor.css": "text/css",
    "editor.js": "text/javascript",
    "yasgui/yasgui.min.css": "text/css",
    "yasgui/yasgui.min.js": "text/javascript",
    "yasgui/LICENCES.txt": "text/plain",
}
"""File → media type: all files that are served."""

_PATH = "/assets/"
_FRESH = {"Cache-Control": "max-age=86400"}


def make_routes() -> list[Route]:
    """Return the routes of all files, and of `/favicon.ico`."""

    def make_route(name: str, path: str) -> Route:
        async def respond(request: Request) -> Response:  # noqa: ARG001  (Starlette passes the request)
            """Return the file."""
            return Response(read_asset(name), media_type=MEDIA_TYPES[name], headers=_FRESH)

        return Route(path, respond)

    return [make_route("icon.svg", "/favicon.ico"), *(make_route(name, _PATH + name) for name in MEDIA_TYPES)]


@cache
def find_asset(name: str) -> str:
    """Return the URL of a file with a digest of its content, so that browsers fetch a changed file again.

    >>> find_asset("site.css").partition("?")[0]
    '/assets/site.css'
    """
    return f"{_PATH}{name}?{hashlib.sha256(read_asset(name)).hexdigest()[:12]}"


@cache
def read_asset(name: str) -> bytes:
    """Return the content of a file."""
    return files("testimonia.server").joinpath("assets", *name.split("/")).read_bytes()

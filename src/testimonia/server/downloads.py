"""Downloads: the graphs as files, and all of them in one file, with digests as ETags, in ranges (`/data/`).

Which files there are is known from the start; what a request says is looked up, never opened.
"""

import asyncio
import hashlib
import tempfile
from functools import lru_cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from testimonia.export.forms import write_export
from testimonia.export.source import collect_source
from testimonia.server.files import CopiedFiles, list_files
from testimonia.server.routing import make_public_route
from testimonia.server.workers.engine import ServerEngine

WHOLE = {
    "all.nq.gz": ("nquads", "application/gzip"),
    "all.trig": ("trig", "application/trig"),
    "all.jsonld": ("jsonld", "application/ld+json"),
}
"""File with all graphs → the form that it is exported to, media type; each is written when it is first asked for."""

_QUADS = "application/n-quads"


class Downloads:
    """What can be downloaded of an engine's graphs: the files they were read from, else files written from them."""

    def __init__(self, engine: ServerEngine) -> None:
        self.files = list_files(engine.folder) if engine.folder else CopiedFiles(engine)
        self._made = tempfile.TemporaryDirectory(prefix="testimonia-", ignore_cleanup_errors=True)
        self._making = asyncio.Lock()

    @property
    def media_types(self) -> dict[str, str]:
        """The media type of each file, by its name below `/data/`; those with all graphs first."""
        whole = {name: media for name, (_, media) in WHOLE.items()}
        return {**whole, **dict.fromkeys(self.files.names, _QUADS)}

    def make_route(self) -> Route:
        """Return the route of the files."""
        return make_public_route("/data/{name:path}", self.respond)

    def close(self) -> None:
        """Remove the files that were written."""
        self._made.cleanup()
        self.files.close()

    async def respond(self, request: Request) -> Response:
        """Return a file, a range of it, or 304 when the client has it."""
        name = request.path_params["name"]
        path = await self.make_whole(name) if name in WHOLE else await self.files.find(name)
        if path is None:
            raise HTTPException(404)
        state = path.stat()
        digest = await asyncio.to_thread(_digest, path, state.st_mtime_ns, state.st_size)
        headers = {"ETag": f'"{digest}"', "Cache-Control": "no-cache"}
        if _matches(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        shown = name.replace("/", "-")
        return FileResponse(path, headers=headers, media_type=self.media_types[name], filename=shown, stat_result=state)

    async def make_whole(self, name: str) -> Path:
        """Return the file with all graphs in a format, written once."""
        path = Path(self._made.name, name)
        async with self._making:
            if not path.exists():
                found = [await self.files.find(name) for name in self.files.names]
                await asyncio.to_thread(_write, path, [file for file in found if file])
        return path


def _write(path: Path, sources: list[Path]) -> None:
    """Write all graphs as an export does, in the order of the files."""
    write_export(collect_source(sources), WHOLE[path.name][0], str(path))


def _matches(wanted: str, etag: str) -> bool:
    """Tell whether an If-None-Match names an ETag (RFC 9110, 13.1.2).

    >>> _matches('W/"a", "b"', '"b"'), _matches("*", '"b"'), _matches("", '"b"')
    (True, True, False)
    """
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in wanted.split(","))


@lru_cache(maxsize=4096)
def _digest(path: Path, changed: int, size: int) -> str:  # noqa: ARG001  (a changed file is read anew)
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

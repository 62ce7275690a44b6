"""Downloads at `/data/`: a file for each named graph and files with all of them, with ETags and range requests.

The list of files is fixed at start. A requested name is only looked up in it: no request can reach another path.
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
"""File with all graphs → its export form and media type; each is written on the first request for it."""

_QUADS = "application/n-quads"


class Downloads:
    """The files of an engine's graphs: those that it was loaded from, or copies written from its answers."""

    def __init__(self, engine: ServerEngine) -> None:
        self.files = list_files(engine.folder) if engine.folder else CopiedFiles(engine)
        self._made = tempfile.TemporaryDirectory(prefix="testimonia-", ignore_cleanup_errors=True)
        self._making = asyncio.Lock()

    @property
    def media_types(self) -> dict[str, str]:
        """File name below `/data/` → media type, files with all graphs first."""
        whole = {name: media for name, (_, media) in WHOLE.items()}
        return {**whole, **dict.fromkeys(self.files.names, _QUADS)}

    def make_route(self) -> Route:
        """Return the route of the files."""
        return make_public_route("/data/{name:path}", self.respond)

    def close(self) -> None:
        """Remove the files that were written here."""
        self._made.cleanup()
        self.files.close()

    async def respond(self, request: Request) -> Response:
        """Serve a file or a range of it; 304 when the client already has it."""
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
        """Return the path of a file with all graphs; it is written once."""
        path = Path(self._made.name, name)
        async with self._making:
            if not path.exists():
                found = [await self.files.find(name) for name in self.files.names]
                await asyncio.to_thread(_write, path, [file for file in found if file])
        return path


def _write(path: Path, sources: list[Path]) -> None:
    """Export all graphs to a file, in the order of their files."""
    write_export(collect_source(sources), WHOLE[path.name][0], str(path))


def _matches(wanted: str, etag: str) -> bool:
    """Tell whether an If-None-Match header matches an ETag (RFC 9110, 13.1.2).

    >>> _matches('W/"a", "b"', '"b"'), _matches("*", '"b"'), _matches("", '"b"')
    (True, True, False)
    """
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in wanted.split(","))


@lru_cache(maxsize=4096)
def _digest(path: Path, changed: int, size: int) -> str:  # noqa: ARG001  (cache key: a changed file is read again)
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

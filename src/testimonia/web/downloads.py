"""Downloads: the files of a graph's folder, and all of it in one file, with digests as ETags, in ranges (`/data/`).

Files are named by the folder's listing at the start; what a request says is looked up, never opened.
"""

import asyncio
import gzip
import hashlib
import tempfile
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from testimonia.namespaces import PREFIXES
from testimonia.web.routing import make_public_route

WHOLE = {
    "all.nq.gz": "application/gzip",
    "all.trig": "application/trig",
    "all.jsonld": "application/ld+json",
}
"""File with all graphs → media type; each is written when it is first asked for."""

_QUADS = "application/n-quads"


class Downloads:
    """What can be downloaded of a folder of N-Quads files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.nq"))}
        self._made = tempfile.TemporaryDirectory(prefix="testimonia-", ignore_cleanup_errors=True)
        self._making = asyncio.Lock()

    @property
    def media_types(self) -> dict[str, str]:
        """The media type of each file, by its name below `/data/`; those with all graphs first."""
        return {**WHOLE, **dict.fromkeys(self.files, _QUADS)}

    def make_route(self) -> Route:
        """Give the route of the files."""
        return make_public_route("/data/{name:path}", self.respond)

    def close(self) -> None:
        """Remove the files that were written."""
        self._made.cleanup()

    async def respond(self, request: Request) -> Response:
        """Give a file, a range of it, or 304 when the client has it."""
        name = request.path_params["name"]
        path = await self.make_whole(name) if name in WHOLE else self.files.get(name)
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
        """Give the file with all graphs in a format, written once."""
        path = Path(self._made.name, name)
        async with self._making:
            if not path.exists():
                await asyncio.to_thread(self._write, path)
        return path

    def _write(self, path: Path) -> None:
        """Write all graphs as the files have them, in their order; a store would write numbers anew."""
        part = path.with_suffix(".part")
        if path.suffix == ".gz":
            with part.open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
                for source in self.files.values():
                    packed.write(source.read_bytes())
        else:
            form = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.JSON_LD
            sources = self.files.values()
            quads = (quad for source in sources for quad in ox.parse(path=source, format=ox.RdfFormat.N_QUADS))
            ox.serialize(quads, part, form, prefixes=PREFIXES)
        part.rename(path)


def _matches(wanted: str, etag: str) -> bool:
    """Tell whether an If-None-Match names an ETag (RFC 9110, 13.1.2).

    >>> _matches('W/"a", "b"', '"b"'), _matches("*", '"b"'), _matches("", '"b"')
    (True, True, False)
    """
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in wanted.split(","))


@lru_cache(maxsize=4096)
def _digest(path: Path, changed: int, size: int) -> str:  # noqa: ARG001  (a changed file is read anew)
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

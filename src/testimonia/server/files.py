"""The N-Quads files offered for download: the folder that an engine loaded, or files written from its answers."""

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from testimonia.core.iris import find_base, mint_graph_iri
from testimonia.server.workers.engine import ServerEngine
from testimonia.server.workers.messages import Task


class FolderFiles:
    """Existing files, by their paths within their folder."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths
        self.names = list(paths)

    async def find(self, name: str) -> Path | None:
        """Return the path of a file; None for an unknown name."""
        return self._paths.get(name)

    def close(self) -> None:
        """Keep the files: they belong to the data set."""


class CopiedFiles:
    """A file for each named graph of an engine, named as `build` names it; written on the first request for it."""

    def __init__(self, engine: ServerEngine) -> None:
        stem = mint_graph_iri(find_base(engine.graphs), "")
        self._graphs = {f"{quote(iri.removeprefix(stem), safe='/')}.nq": iri for iri in sorted(engine.graphs)}
        self._engine = engine
        self._folder = tempfile.TemporaryDirectory(prefix="testimonia-", ignore_cleanup_errors=True)
        self._writing = asyncio.Lock()
        self.names = sorted(self._graphs)

    async def find(self, name: str) -> Path | None:
        """Return the path of a file with a graph's sorted quads, None for an unknown name; raises engine errors."""
        if name not in self._graphs:
            return None
        path = Path(self._folder.name, f"{self.names.index(name)}.nq")
        async with self._writing:
            if not path.exists():
                iri = self._graphs[name]
                task = Task(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
                reply = await self._engine.ask(task)
                lines = {line.rstrip().removesuffix(".").rstrip() for line in reply.body.decode().split("\n")}
                path.write_text("".join(f"{line} <{iri}> .\n" for line in sorted(filter(None, lines))), "utf-8")
        return path

    def close(self) -> None:
        """Remove the written files."""
        self._folder.cleanup()


def list_files(folder: Path) -> FolderFiles:
    """List the N-Quads files of a folder and its subfolders."""
    return FolderFiles({path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.nq"))})

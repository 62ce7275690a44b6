"""App: a pool in, the web application over it out."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from testimonia.pool.lanes import Pool
from testimonia.web import endpoint, home
from testimonia.web.guards import make_guards
from testimonia.web.refusals import REFUSALS

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""The names under which this machine may ask itself."""


def make_app(pool: Pool, hosts: Iterable[str] = LOCAL_HOSTS) -> Starlette:
    """Give the application; its lifespan starts the pool and closes it."""

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001  (a lifespan is given the app)
        await pool.start()
        yield
        await pool.close()

    app = Starlette(
        routes=[home.make_route(pool), endpoint.make_route(pool)],
        middleware=make_guards(hosts),
        exception_handlers=REFUSALS,
        lifespan=live,
    )
    app.router.redirect_slashes = False
    return app

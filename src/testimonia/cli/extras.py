"""Extras: what is said when a command needs packages that were not installed with the program."""

from collections.abc import Iterator
from contextlib import contextmanager

from testimonia.core.errors import TestimoniaError


@contextmanager
def need_extra(name: str) -> Iterator[None]:
    """Turn a package that is missing here into a TestimoniaError that names the extra to install."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        raise TestimoniaError(f"{package} is not installed; run: pip install 'testimonia[{name}]'") from error

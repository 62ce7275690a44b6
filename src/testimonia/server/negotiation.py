"""Content negotiation: the choice of a media type by a client's Accept header.

Source: RFC 9110, section 12.5.1. Several Accept headers count as one; the quality of a type is that of the most
specific range that matches; among types of equal quality the first offered wins. Malformed members are ignored.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from starlette.requests import Request

from testimonia.core.errors import UnacceptableError

_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)
LONGEST = 4096


def require_media_type(request: Request, offered: Iterable[str], noun: str) -> str:
    """Return the media type of the response to a request; UnacceptableError when none offered is accepted."""
    known = tuple(offered)
    media_type = choose_media_type(read_accept(request), known)
    if not media_type:
        raise UnacceptableError(f"{noun} is one of: {', '.join(known)}")
    return media_type


def read_accept(request: Request) -> str:
    """Return all Accept headers of a request joined by commas."""
    return ",".join(request.headers.getlist("accept"))


def choose_media_type(accept: str, offered: Iterable[str]) -> str:
    """Return the media type of the response; "" when none of those offered is accepted.

    `accept` is all Accept headers joined by commas; "" accepts anything. `offered` are media types without parameters,
    in order of preference.

    >>> choose_media_type("text/html, application/*;q=0.5, */*;q=0.1", ["text/csv", "application/json"])
    'application/json'
    >>> choose_media_type("text/csv;q=0, */*", ["text/csv", "application/json"])
    'application/json'
    >>> choose_media_type("image/png", ["text/csv"])
    ''
    """
    if not accept.strip():
        return next(iter(offered), "")
    wanted = parse_accept(accept[:LONGEST])
    best, most = "", 0.0
    for media_type in offered:
        quality = _find_quality(media_type, wanted)
        if quality > most:
            best, most = media_type, quality
    return best


@lru_cache(maxsize=256)  # clients repeat their Accept headers
def parse_accept(text: str) -> dict[str, float]:
    """Return media range → quality (0 to 1), ignoring parameters but `q`; the highest counts if a range is repeated.

    >>> parse_accept("text/turtle;charset=utf-8;q=0.8, nonsense, TEXT/*;q=0.3")
    {'text/turtle': 0.8, 'text/*': 0.3}
    """
    wanted: dict[str, float] = {}
    for member in text.split(","):
        match = _RANGE.fullmatch(member)
        if match is None:
            continue
        stated = re.search(r";\s*q\s*=", match[2], re.IGNORECASE)
        quality = _QUALITY.search(match[2])
        if stated and quality is None:
            continue
        name = match[1].lower()
        wanted[name] = max(wanted.get(name, 0.0), min(float(quality[1]), 1.0) if quality else 1.0)
    return wanted


def _find_quality(media_type: str, wanted: dict[str, float]) -> float:
    """Return the quality of a media type, by the most specific range that matches."""
    for media_range in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if media_range in wanted:
            return wanted[media_range]
    return 0.0

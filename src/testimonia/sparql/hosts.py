"""Messages about a SPARQL server elsewhere: its name without secrets, its refusals and words, safe to print.

Nothing that a server sends is trusted: its words are printed escaped and cut.
"""

from collections.abc import Iterable, Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from testimonia.core.errors import QueryError

LONGEST_WAIT = 30.0
"""Seconds that an endpoint may ask us to wait before the next try."""

_MEANINGS = {
    400: "the query was refused",
    401: "a user name and password are needed",
    403: "access is not allowed",
    404: "there is no endpoint at this address",
    405: "this address does not take such requests",
    406: "it has no format that we can read",
    413: "it is too much at once",
    503: "the server is too busy",
}


def parse_endpoint(endpoint: str) -> SplitResult:
    """Return the parts of an address; QueryError unless it is http or https with a host (no file is ever read)."""
    try:
        address = urlsplit(endpoint)
        usable = address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
        usable = usable and endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    except ValueError:
        usable = False
    if not usable:
        raise QueryError("the endpoint is no address; expected http://… or https://…")
    return address


def name_endpoint(endpoint: str) -> str:
    """Return an endpoint's address as it may be printed: without user name, password, query and fragment.

    >>> name_endpoint("https://me:secret@example.org:8080/sparql?key=1")
    'https://example.org:8080/sparql'
    """
    parts = urlsplit(endpoint)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def find_wait(headers: Message, attempt: int = 0) -> float:
    """Return how many seconds to wait after an attempt (from 0): as many as the endpoint asks for, else 1, 2, 4, 8.

    It is never more than `LONGEST_WAIT`. A date in Retry-After is read against the Date of the same answer, not against
    our clock.

    >>> headers = Message()
    >>> headers["Retry-After"] = "7"
    >>> find_wait(headers)
    7.0
    """
    return find_seconds(headers.get("Retry-After") or "", headers.get("Date") or "", attempt)


def find_seconds(asked: str, now: str, attempt: int = 0) -> float:
    """Return the seconds that Retry-After asks for, read against Date; where it cannot be read 1, 2, 4, 8.

    >>> find_seconds("7", ""), find_seconds("soon", "", 2)
    (7.0, 4.0)
    """
    if asked.strip().isdecimal():
        return min(float(asked), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(asked) - parsedate_to_datetime(now)).total_seconds()
    except (TypeError, ValueError):
        return min(2.0**attempt, LONGEST_WAIT)
    return min(max(seconds, 0.0), LONGEST_WAIT)


def clean_words(text: str, length: int = 300) -> str:
    r"""Return the words of a server, safe to print: one line, no control characters, cut to a length.

    >>> clean_words("no\n \x1b[31msuch graph")
    'no [31msuch graph'
    """
    printable = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def describe_move(name: str, address: str) -> str:
    """Say where an endpoint has moved; nothing is sent there."""
    try:
        where = clean_words(name_endpoint(urljoin(name, address)))
    except ValueError:
        where = "an address that is none"
    return f"{name}: has moved to {where}; ask there"


def describe_status(
    name: str, code: int, words: str, secrets: Iterable[str] = (), meanings: Mapping[int, str] | None = None
) -> str:
    """Say what a refusal means; secrets that the server repeats are masked.

    >>> describe_status("http://h/p", 503, "ask me later, not mira:secret", ["secret"])
    'http://h/p: HTTP 503, the server is too busy; it says: ask me later, not mira:•••'
    """
    for secret in filter(None, secrets):
        words = words.replace(secret, "•••")
    unknown = "the server failed" if code >= 500 else "the request was refused"
    meaning = (_MEANINGS | dict(meanings or {})).get(code, unknown)
    says = f"; it says: {clean_words(words)}" if words.strip() else ""
    return f"{name}: HTTP {code}, {meaning}{says}"

"""Find the user name and password for a server, in the environment or a netrc file.

They are never taken from an address or an option, where the process list and the shell history would show them.
"""

import netrc
import os
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from testimonia.core.errors import RemoteError
from testimonia.sparql.hosts import name_endpoint, parse_endpoint

USER, PASSWORD = "TESTIMONIA_ENDPOINT_USER", "TESTIMONIA_ENDPOINT_PASSWORD"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a password, which nothing prints."""

    user: str
    password: str = field(repr=False)

    @property
    def header(self) -> str:
        """The value of an Authorization header (RFC 7617, in UTF-8)."""
        return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The forms in which a server may repeat them."""
        return self.password, quote(self.password, safe=""), self.header.removeprefix("Basic ")


def find_credentials(url: str) -> Credentials | None:
    """Return the credentials for a server; None when there are none.

    Those of the environment come before those that `$NETRC`, or `~/.netrc`, has for the host. RemoteError when the
    address itself holds some, when only one of the two is set, or when the file cannot be read.
    """
    address = parse_endpoint(url)
    if "@" in address.netloc:
        where = f"set {USER} and {PASSWORD}, or write them into ~/.netrc"
        raise RemoteError(f"{name_endpoint(url)}: a user name or password may not stand in the address; {where}")
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if bool(user) != bool(password):
        raise RemoteError(f"{USER if password else PASSWORD} is not set, but {PASSWORD if password else USER} is")
    if user:
        return Credentials(user, password)
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return None
    try:
        found = netrc.netrc(path).authenticators(address.hostname or "")
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        line = f", line {error.lineno}" if isinstance(error, netrc.NetrcParseError) else ""
        raise RemoteError(f"the netrc file{line} cannot be read; correct it, or set {USER} and {PASSWORD}") from error
    return Credentials(found[0], found[2] or "") if found else None

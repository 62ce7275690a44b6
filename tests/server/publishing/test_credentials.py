"""Credentials come from the environment or a netrc file; they are sent, and never shown."""

from base64 import b64decode
from pathlib import Path

import pytest

from testimonia.core.errors import QueryError, RemoteError
from testimonia.sparql.credentials import PASSWORD, USER, Credentials, find_credentials
from testimonia.sparql.sending import Connection

from .conftest import Fault, Played


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without credentials."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in (USER, PASSWORD, "NETRC"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_none(home: Path) -> None:
    assert not list(home.iterdir())
    assert find_credentials("http://localhost/query") is None


def test_a_netrc_file_has_them_by_host(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".netrc").write_text("machine data.example login mira password secret\n")
    (home / ".netrc").chmod(0o600)
    assert find_credentials("https://data.example:8443/query") == Credentials("mira", "secret")
    assert find_credentials("http://localhost/query") is None
    (home / "other").write_text("machine localhost login ana password hidden\n")
    monkeypatch.setenv("NETRC", str(home / "other"))
    assert find_credentials("http://localhost/query") == Credentials("ana", "hidden")
    (home / "other").write_text("machine localhost login ana password\nnonsense secret\n")
    with pytest.raises(RemoteError, match="the netrc file, line") as caught:
        find_credentials("http://localhost/query")
    assert "secret" not in str(caught.value)


def test_the_environment_comes_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".netrc").write_text("machine localhost login mira password secret\n")
    (home / ".netrc").chmod(0o600)
    monkeypatch.setenv(USER, "ana")
    with pytest.raises(RemoteError, match=f"{PASSWORD} is not set, but {USER} is"):
        find_credentials("http://localhost/query")
    monkeypatch.setenv(PASSWORD, "hidden")
    found = find_credentials("http://localhost/query")
    assert found == Credentials("ana", "hidden")
    assert "hidden" not in repr(found)


@pytest.mark.usefixtures("home")
def test_none_stand_in_an_address() -> None:
    with pytest.raises(RemoteError, match="http://localhost/query: a user name or password may not stand in") as caught:
        find_credentials("http://mira:secret@localhost/query")
    assert "secret" not in str(caught.value)
    with pytest.raises(QueryError, match="the endpoint is no address"):
        find_credentials("file:///etc/passwd")


@pytest.mark.usefixtures("home")
def test_they_are_sent_and_never_printed(server: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ana")
    monkeypatch.setenv(PASSWORD, "hid/den")
    said = b"not hid/den, nor hid%2Fden, nor YW5hOmhpZC9kZW4="
    server.faults = [Fault(0, 401, body=said), Fault(1, 302, headers={"Location": f"{server.address}/elsewhere"})]
    for _ in range(2):
        with pytest.raises(RemoteError) as caught:
            Connection().send("PUT", server.address.replace("/query", "/store"), {}, b"")
        assert "den" not in str(caught.value)
        assert "YW5h" not in str(caught.value)
    assert len(server.asked) == 2
    for _, _, header in server.asked:
        assert header is not None
        assert b64decode(header.removeprefix("Basic ")) == b"ana:hid/den"

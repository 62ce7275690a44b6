"""Leaks: after all that the program does, nothing withheld stands in what it wrote or said.

The same search is proved by mutation: with any one filter taken out it must find something.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.programs import Run

from testimonia.anchors import keyed
from testimonia.anchors.lockfile import parse_lock
from testimonia.cli.commands import coverage
from testimonia.dataset import generated, private, project
from testimonia.dataset import records as reading
from testimonia.drafting import lookup
from testimonia.drafting.coverage import interviews
from testimonia.mapping.documents import DocumentWriter
from testimonia.privacy import exposure, mentions, publication, redaction
from testimonia.records import schema

CASE = Path(__file__).resolve().parents[1] / "cases" / "safety"
FAULTS: dict[str, dict[str, Any]] = yaml.safe_load((CASE / "faults.yaml").read_text("utf-8"))


def list_public_files(data: Path) -> dict[str, str]:
    """All that the program wrote into the data set; the records themselves are written by people."""
    folders = ("graph", "queries", "docs")
    files = [p for folder in folders for p in (data / folder).rglob("*") if p.is_file()]
    files += [data / "mappings" / "passages.lock.json", data / "mappings" / "record.schema.json"]
    return {p.relative_to(data).as_posix(): p.read_text("utf-8") for p in files if p.is_file()}


def find_leaks(said: dict[str, str], withheld: dict[str, list[str]]) -> list[str]:
    """What of the withheld stands where: in the texts, and in their names."""
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in withheld["passages"]]
    secrets = [*withheld["names"], *withheld["texts"], *withheld["passages"], *digests]
    return [
        f"{where}: {secret}"
        for where, text in said.items()
        for secret in secrets
        if secret.casefold() in f"{where}\n{text}".casefold()
    ]


def use_all(run: Run, quay: Path) -> Iterator[tuple[str, str]]:
    """Use every command that writes or prints what is public; gives what each said, then what was written."""
    for private_too in (True, False):
        for command in ("lock", "build", "generated"):
            code, said = run(command, texts=True, private=private_too).merged
            assert code == 0, said
            yield f"{command} {private_too}", said
            yield f"written by {command} {private_too}", "\n".join(list_public_files(quay / "data").values())
    for private_too in (False, True):
        yield f"again {private_too}", run("generated", "--check", private=private_too).said
        yield f"built {private_too}", run("build", private=private_too).said
    for command in ("validate", "summary", "questions", "terms"):
        yield command, run(command).said
    yield from use_questions(run, quay)
    for private_too in (False, True):
        for option in ("--show-text", "--fail-under=100"):
            code, said = run("coverage", option, texts=True, private=private_too).merged
            assert code == 1, said
            yield f"coverage {option} {private_too}", said
    for form in ("turtle", "ntriples"):
        yield f"view {form}", run("view", "events", "--format", form).said
    for seen in (
        ("passages", "quay-fery"),
        ("passages", "quay-prints"),
        ("passages", "quay-chapl"),
        ("new", "quay.txt#9"),
    ):
        code, said = run(*seen, texts=True).merged
        assert code == 2, said
        yield " ".join(seen), said
    for interview in ("quay-boats", "quay-press", "quay-prints"):
        yield f"read {interview}", run("read", interview).said
    yield from use_exports(run, quay)
    yield "tour", run("tour", "--out", str(quay / "toured")).said
    yield "written by tour", "\n".join(p.read_text("utf-8") for p in (quay / "toured").rglob("*.nq"))
    query = quay / "all.rq"
    query.write_text("SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o", "utf-8")
    yield "query", run("query", str(query), "--format", "csv").said
    yield from list_public_files(quay / "data").items()


def use_questions(run: Run, quay: Path) -> Iterator[tuple[str, str]]:
    """Ask every question in every form; gives what each said."""
    for question in sorted((quay / "data" / "queries" / "questions").glob("*.rq")):
        for form in ("table", "csv", "tsv", "json", "markdown"):
            code, said = run("ask", question.stem, "--format", form, "--evidence").merged
            assert code == 0, said
            yield f"ask {question.stem} {form}", said
        yield f"questions {question.stem}", run("questions", question.stem).said
    for wrong in ("id/nobody", "https://example.org/quay/id/nobody"):
        yield f"ask with {wrong}", run("ask", "figures", "--param", f"country={wrong}").said


def use_exports(run: Run, quay: Path) -> Iterator[tuple[str, str]]:
    """Export in every form; gives what was written."""
    for form in ("turtle", "trig", "nquads", "jsonld", "annotations", "nanopub"):
        code, said = run("export", "--to", form).merged
        assert code == 0, said
        yield f"export {form}", said
    yield "export csv", run("export", "--to", "csv", "--output", str(quay / "tables")).said
    yield "written by export", "\n".join(path.read_text("utf-8") for path in sorted((quay / "tables").iterdir()))


def use_faults(run: Run, quay: Path, names: list[str]) -> Iterator[tuple[str, str]]:
    """Make mistakes, one at a time, and give what is said of each."""
    for name in names:
        fault = FAULTS[name]
        path = (quay if fault["file"].startswith("private/") else quay / "data") / fault["file"]
        before = path.read_text("utf-8") if path.is_file() else ""
        assert before.count(fault["find"]) == 1, name
        path.write_text(before.replace(fault["find"], fault["replace"]), "utf-8")
        code, said = run("lock", texts=True, private=True).merged
        yield name, said
        yield f"{name} in files", "\n".join(list_public_files(quay / "data").values())
        if before:
            path.write_text(before, "utf-8")
        else:
            path.unlink()
        assert (code == 2) == (fault["expect"] in said), f"{name}: {said}"


def test_nothing_leaks(run: Run, quay: Path, withheld: dict[str, list[str]], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = dict(use_all(run, quay))
    assert len(said) > 30
    assert "Witness A" in said["graph/entities.nq"]
    assert "id/witness-a" in said["graph/interview/quay-boats.nq"]
    assert find_leaks({**said, "log": caplog.text}, withheld) == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_messages_leak_nothing(
    name: str, run: Run, quay: Path, withheld: dict[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = dict(use_faults(run, quay, [name]))
    assert FAULTS[name]["expect"] in said[name], said[name]
    assert all(f"[{code}]" in said[name] for code in FAULTS[name].get("codes", [])), said[name]
    assert find_leaks({**said, "log": caplog.text}, withheld) == []
    report = quay / "private" / redaction.FULL_REPORT
    assert report.is_file()
    assert report.stat().st_mode & 0o077 == 0


def test_what_stays_is_what_may_stay(run: Run, quay: Path) -> None:
    """Not all is withheld: the filter leaves what is public, without its ties to what is not."""
    said = dict(use_all(run, quay))
    graph = said["graph/interview/quay-boats.nq"]
    claims = {n for n in range(1, 9) if f"/claim/{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in graph}
    assert claims == {1, 3, 6, 7}  # 2 names a restricted person, 4 tells of what only 2 names, 5 is embargoed
    assert (
        "/claim/3> <https://w3id.org/testimonia/ontology#because> <https://example.org/quay/interview/quay-boats/claim/1>"
        in graph
    )
    assert (
        "claim/6> <https://w3id.org/testimonia/ontology#because> <https://example.org/quay/id/quay-detention>" in graph
    )
    assert "claim/6/figure/detained>" in graph
    assert "claim/6/figure/detained/known" not in graph  # its whole is withheld: alone it would count as a whole
    assert "possiblySame" not in said["graph/entities.nq"]
    assert not (quay / "data" / "graph" / "interview" / "quay-chapel.nq").exists()
    witness = [line for line in said["graph/entities.nq"].splitlines() if "/id/witness-a>" in line.split(" ")[0]]
    assert len(witness) == 2  # class and label


def test_quoted_speakers_stand_under_their_pseudonym(run: Run, quay: Path) -> None:
    """The names that a text has for them are gone from records and lock, and the lock can still be read again."""
    said = dict(use_all(run, quay))
    graph, lock = said["graph/interview/quay-press.nq"], said["mappings/passages.lock.json"]
    assert (
        "quay-press/claim/2> <https://w3id.org/testimonia/ontology#statedBy> <https://example.org/quay/id/witness-a>"
        in (graph)
    )
    assert '"quoted witness-a: My … it,"' in lock
    assert lock.count('"speaker": "witness-a"') == 2
    assert {key for key in ("rhetorical", "Nobody … crossed.", "The … roof.") if key in lock} == {
        *("Nobody … crossed.", "The … roof."),
    }
    assert not (quay / "data" / "graph" / "interview" / "quay-print.nq").exists()
    assert run("build", texts=True)[0] == 0


def test_a_pseudonym_given_later_takes_the_speaker_out_of_the_lock_without_the_texts(run: Run, quay: Path) -> None:
    entities = quay / "data" / "mappings" / "entities" / "all.yaml"
    before = entities.read_text("utf-8")
    entities.write_text(before.replace("  pseudonym: Witness A\n", ""), "utf-8")
    run("lock", texts=True)
    lock = quay / "data" / "mappings" / "passages.lock.json"
    assert '"quoted tovi-maarks: My … it,"' in lock.read_text("utf-8")
    entities.write_text(before, "utf-8")
    assert run("build")[0] == 0
    assert "tovi-maarks" not in lock.read_text("utf-8")
    assert '"quoted witness-a: My … it,"' in lock.read_text("utf-8")


def test_coverage_counts_what_is_withheld_and_shows_places_of_it_only(run: Run) -> None:
    code, said = run("coverage", "quay-boats", "--show-text", texts=True).merged
    assert code == 1
    assert "The police searched" not in said  # a claim carries it, though not in public
    assert "I hope that the loft" in said
    assert "Tovi" not in said
    code, said = run("coverage", "quay-chapel", "--show-text", texts=True).merged
    assert "I never asked" not in said
    assert "quay.txt:15 " in said
    code, said = run("coverage", "quay-chapl", texts=True).merged
    assert (code, "quay-chapel" in said, "quay-boats" in said) == (2, False, True)
    assert "quay-ferry" in run("coverage", "quay-ferry", texts=True, private=True).said


def test_an_embargo_is_over_when_somebody_says_the_day(run: Run, quay: Path) -> None:
    run("lock", texts=True)
    before = list_public_files(quay / "data")
    assert run("lock", "--as-of", "2034-12-31", texts=True)[0] == 0
    assert list_public_files(quay / "data") == before
    assert run("lock", "--as-of", "2035-01-01", texts=True)[0] == 0
    code, said = run("build", "--as-of", "2035-01-01", "--out", str(quay / "later")).merged
    assert code == 0, said
    assert "/claim/5>" in (quay / "later" / "interview" / "quay-boats.nq").read_text("utf-8")
    settings = quay / "data" / "mappings" / "dataset.yaml"
    settings.write_text(settings.read_text("utf-8") + "as-of: 2035-01-01\n", "utf-8")
    run("lock", texts=True)
    assert run("build")[0] == 0
    graph = (quay / "data" / "graph" / "interview" / "quay-boats.nq").read_bytes()
    assert graph == (quay / "later" / "interview" / "quay-boats.nq").read_bytes()


def test_the_lock_forgets_what_is_withheld_later_without_the_texts(run: Run, quay: Path) -> None:
    run("lock", texts=True)
    record = quay / "data" / "mappings" / "interviews" / "quay-boats.yaml"
    record.write_text(record.read_text("utf-8") + "  visibility: restricted\n", "utf-8")
    lock = quay / "data" / "mappings" / "passages.lock.json"
    assert "Pelle" in lock.read_text("utf-8")
    assert run("build")[0] == 0
    assert "Pelle" not in lock.read_text("utf-8")


def test_private_digests_are_keyed_and_for_the_owner_alone(
    run: Run, quay: Path, withheld: dict[str, list[str]]
) -> None:
    run("lock", texts=True, private=True)
    lock = quay / "private" / "mappings" / "passages.keyed.json"
    text = lock.read_text("utf-8")
    assert set(parse_lock(text).interviews) == {"quay-boats", "quay-ferry"}
    assert not [p for p in withheld["passages"] if hashlib.sha256(p.encode()).hexdigest() in text]
    key = bytes.fromhex((quay / "private" / "digest.key").read_text("utf-8"))
    assert keyed.make_digest(key, withheld["passages"][-1]) in text
    assert {p.stat().st_mode & 0o077 for p in (lock, quay / "private" / "digest.key")} == {0}
    run("lock", texts=True, private=True)
    assert lock.read_text("utf-8") == text
    (quay / "private" / "digest.key").write_text("00" * 32, "utf-8")
    code, said = run("build", texts=True, private=True).merged
    assert (code, "private/" in said) == (2, True)


def test_a_private_folder_within_the_repository_is_refused(run: Run, quay: Path) -> None:
    (quay / "private").rename(quay / "data" / "private")
    code, said = run("build", "--private", str(quay / "data" / "private")).merged
    assert code == 2
    assert "would be committed" in said


def leave(first: Any, *_args: Any, **_options: Any) -> Any:
    return first


def leave_problems(_guard: redaction.Guard, problems: Any) -> Any:
    return problems


def offer_all(vocabulary: Any, records: Any) -> Any:
    return ORIGINALS["write_schema"](vocabulary, replace(records, entities=EVERYBODY))


def cover_openly(*arguments: Any) -> Any:
    covered, problems = ORIGINALS["cover"](*arguments)
    return covered and replace(covered, closed=frozenset()), problems


def print_openly(covered: Any, _names: Any, *, show_text: bool) -> None:
    ORIGINALS["print"](covered, exposure.WithheldNames(frozenset()), show_text=show_text)


ORIGINALS: dict[str, Callable[..., Any]] = {
    "write_schema": schema.write_schema,
    "cover": interviews._cover,
    "print": coverage.print_open,
}
EVERYBODY = {"runa-vestergaard": None}

MUTATIONS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "nothing is filtered": (reading, "publish", leave),
    "hidden entities are not known": (publication, "find_hidden", lambda *_: set()),
    "mentions do not count": (publication._Publisher, "_may_name", lambda *_: True),
    "pseudonyms are not used": (publication._Publisher, "_publish_entity", lambda _, entity: entity),
    "slugs are not changed": (publication, "make_pseudonym_slug", lambda _: "tovi-maarks"),
    "unnamed entities stay": (
        publication._Publisher,
        "_find_named",
        lambda self, _: {e.slug.text for e in self.records.all_entities},
    ),
    "references stay": (publication._Publisher, "_publish_claim", lambda _, __, claim: claim),
    "the lock keeps withheld cues": (project, "prune_lock", leave),
    "speakers of claims are not changed": (mentions, "_change_speaker", leave),
    "the lock keeps speakers": (project, "find_pseudonyms", lambda _: {}),
    "all that is passed over is known": (publication._Publisher, "_may_pass", lambda *_: True),
    "coverage shows every sentence": (interviews, "_cover", cover_openly),
    "coverage looks for no names": (coverage, "print_open", print_openly),
    "the schema offers everybody": (generated, "write_schema", offer_all),
    "messages are not redacted": (redaction.Guard, "redact", leave_problems),
    "lines are not watched": (redaction.Guard, "watch", lambda *_: None),
    "lookups propose every record": (lookup, "_list_locked", lambda layout: {p.stem for p in layout.records.glob("*")}),
    "names in texts are not looked for": (reading, "check_exposure", lambda *_: []),
    "names are not folded": (exposure, "fold", lambda text: text),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_filter_taken_out_is_a_leak_found(
    name: str, run: Run, quay: Path, withheld: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*MUTATIONS[name])
    monkeypatch.setattr(reading, "check_exposure", lambda *_: [])  # the second net, which would stop the run
    said: dict[str, str] = {}
    try:
        for where, text in use_all(run, quay):
            said[where] = text
    except (AssertionError, LookupError):  # it broke; what it had said by then counts
        said.update(list_public_files(quay / "data"))
    if not find_leaks(said, withheld):
        for fault in sorted(FAULTS):
            try:
                said.update(use_faults(run, quay, [fault]))
            except AssertionError as error:
                said[fault] = str(error)
    assert find_leaks(said, withheld), name


@pytest.mark.parametrize("name", ["nothing is filtered", "pseudonyms are not used", "slugs are not changed"])
def test_the_second_net_stops_what_the_filter_lets_through(
    name: str, run: Run, quay: Path, withheld: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*MUTATIONS[name])
    code, said = run("lock", texts=True, private=True).merged
    assert code == 2
    assert find_leaks({"said": said, **list_public_files(quay / "data")}, withheld) == []


def test_mapping_sees_public_records_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    original = DocumentWriter.write_record

    def note(self: DocumentWriter, record: Any, *rest: Any) -> Any:
        seen.append(record)
        return original(self, record, *rest)

    monkeypatch.setattr(DocumentWriter, "write_record", note)
    run("lock", texts=True, private=True)
    run("build", private=True)
    claims = {(r.interview.text, c.id.text) for r in seen for c in r.claims}
    assert claims == {("quay-boats", n) for n in "1367"} | {("quay-press", n) for n in "124"}


def test_private_records_are_never_given_on(run: Run, quay: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With keyed digests switched off the private lock would give a passage away: the search above would find it."""
    monkeypatch.setattr(private, "key_lock", leave)
    run("lock", texts=True, private=True)
    digest = hashlib.sha256(b"Forty people crossed on my ferry before the ice came.").hexdigest()
    assert digest in (quay / "private" / "mappings" / "passages.keyed.json").read_text("utf-8")

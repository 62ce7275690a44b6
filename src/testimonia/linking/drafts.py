"""Suggestions as an SSSOM file, kept beside the data that they are about.

The file holds the digest of what it was made from, so a review that goes on tomorrow need not make them again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from testimonia.core.namespaces import PREFIXED, abbreviate, get_last_word
from testimonia.linking.suggesting import Suggestion
from testimonia.linking.writing import format_links
from testimonia.records.sssom import BUILT_IN, LinkFile, SssomRow, parse_links

DRAFT = "suggestions.sssom.tsv"
_BETWEEN = " | "
_BETWEEN_FIELDS = " / "


def digest_files(paths: Iterable[Path]) -> str:
    """Return one SHA-256 of the content of files, in the order given; what is not there counts as empty."""
    whole = hashlib.sha256()
    for path in paths:
        with path.open("rb") if path.is_file() else Path("/dev/null").open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def format_draft(suggestions: Iterable[Suggestion], header: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """Return the text of a file of suggestions, with a prefix more for each namespace that has none in `prefixes`."""
    file = LinkFile(dict(header), dict(prefixes))
    for found in suggestions:
        cells = {
            "subject_id": write_curie(found.subject, file.prefixes),
            "subject_label": found.subject_label,
            "predicate_id": "skos:exactMatch",
            "object_id": write_curie(found.object, file.prefixes),
            "object_label": found.object_label,
            "mapping_justification": "semapv:CompositeMatching",
            "similarity_score": f"{found.score:.3f}",
            "comment": _BETWEEN.join(reason.replace("|", "/") for reason in found.reasons),
            "other": found.about,
        }
        if found.code:
            cells |= make_code_cells(found.code, file.prefixes)
        file.rows.append(SssomRow(cells, 0))
    return format_links(file)


def read_draft(path: Path, digest: str) -> list[Suggestion] | None:
    """Return the suggestions of a file, best first; None where it is not there or was made from something else."""
    try:
        file, findings = parse_links(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        return None
    if findings or file.header.get("mapping_set_version") != digest:
        return None
    found = [_read_row(file, row.cells) for row in file.rows]
    return sorted(found, key=lambda s: (-s.score, s.subject, s.object))


def _read_row(file: LinkFile, cells: Mapping[str, str]) -> Suggestion:
    """Return the suggestion of a row."""
    own, text = file.expand(cells.get("subject_match_field", "")) or "", cells.get("match_string", "")
    fields = cells.get("object_match_field", "").split("|")
    theirs = _BETWEEN_FIELDS.join(file.expand(part) or part for part in fields if part)
    return Suggestion(
        subject=file.expand(cells["subject_id"]) or "",
        object=file.expand(cells["object_id"]) or "",
        subject_label=cells.get("subject_label", ""),
        object_label=cells.get("object_label", ""),
        score=float(cells["similarity_score"]),
        reasons=tuple(cells.get("comment", "").split(_BETWEEN)),
        about=cells.get("other", ""),
        code=(own, theirs, text) if text else None,
    )


def make_code_cells(code: tuple[str, str, str], prefixes: dict[str, str]) -> dict[str, str]:
    """Return the cells that say which code matched; `code` is (property of ours, path of theirs, text).

    >>> make_code_cells(("https://example.org/p", "https://example.net/a / https://example.net/b", "XZ"), {})
    {'subject_match_field': 'ns1:p', 'object_match_field': 'ns2:a|ns2:b', 'match_string': 'XZ'}
    """
    own, theirs, text = code
    return {
        "subject_match_field": write_curie(own, prefixes),
        "object_match_field": "|".join(write_curie(part, prefixes) for part in theirs.split(_BETWEEN_FIELDS)),
        "match_string": text,
    }


def write_curie(iri: str, prefixes: dict[str, str]) -> str:
    """Return the CURIE of an IRI; where no prefix fits, one is added for what stands before its last word.

    >>> prefixes = {"id": "https://example.org/id/"}
    >>> write_curie("https://example.org/id/ivo", prefixes), write_curie("https://example.net/a/b#c", prefixes)
    ('id:ivo', 'ns1:c')
    >>> prefixes["ns1"]
    'https://example.net/a/b#'
    """
    short = abbreviate(iri, {space: f"{prefix}:" for prefix, space in {**BUILT_IN, **prefixes}.items()})
    if short != iri and "/" not in short.rstrip("/"):
        return short
    word = get_last_word(iri)
    space = iri[: iri.rindex(word)]
    numbers = (f"ns{number}" for number in range(1, len(prefixes) + 2))
    free = next(name for name in numbers if name not in prefixes)
    prefix = PREFIXED.get(space, free).rstrip(":")
    prefixes[prefix] = space
    return f"{prefix}:{iri.removeprefix(space)}"

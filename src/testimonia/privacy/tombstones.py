"""The file mappings/withdrawn.yaml: the ids that no record may use again.

One line an id, with the day where one was given: `claim/val-solen/8: 2031-05-04`, `entity/ivo-brandt: undated`. No
name, no reason: a reason tells.
"""

from collections.abc import Iterable, Iterator

from testimonia.core.findings import Finding
from testimonia.core.iris import CLAIM_ID, SLUG
from testimonia.core.record import Position, Records, Word
from testimonia.core.visibility import parse_day
from testimonia.core.yaml_tree import Block

UNDATED = "undated"
_HEAD = """\
# Ids that were withdrawn and are never used again; written by `testimonia withdraw`. No names, no reasons.
"""


def format_withdrawn(withdrawn: dict[str, str]) -> str:
    """Return the text of the file: id → day or `undated`, sorted.

    >>> print(format_withdrawn({"claim/val-solen/8": "2031-05-04"}).splitlines()[-1])
    claim/val-solen/8: 2031-05-04
    """
    return _HEAD + "".join(f"{name}: {day}\n" for name, day in sorted(withdrawn.items()))


def parse_withdrawn(tree: Block) -> tuple[dict[str, str], list[Finding]]:
    """Return id → day of the tree of a file, and a problem for each line of another form."""
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for key, value in tree:
        day = value.text if isinstance(value, Word) else ""
        if _is_name(key.text) and _is_day(day):
            found[key.text] = day
        else:
            findings.append(Finding.at(key, "withdrawal-form", found="this line has another form"))
    return found, findings


def check_withdrawn(records: Records) -> list[Finding]:
    """Find each claim, entity, happening and interview that uses a withdrawn id again."""
    withdrawn = set(records.withdrawn)
    used = (at for name, at in _list_ids(records) if name in withdrawn)
    return [Finding.at(at, "withdrawn-id", found="a withdrawn id is used again") for at in used]


def _list_ids(records: Records) -> Iterator[tuple[str, Position]]:
    for entity in records.all_entities:
        yield f"entity/{entity.slug.text}", entity.slug.position
    for record in records.records:
        interview = record.interview
        yield f"interview/{interview.text}", interview.position
        for claim in record.claims:
            yield f"claim/{interview.text}/{claim.id.text}", claim.id.position
            if claim.thing:
                yield f"entity/{claim.thing.text}", claim.thing.position


def _is_name(name: str) -> bool:
    kind, _, rest = name.partition("/")
    if kind == "claim":
        interview, _, claim = rest.partition("/")
        return bool(SLUG.fullmatch(interview) and CLAIM_ID.fullmatch(claim))
    return kind in {"entity", "interview"} and SLUG.fullmatch(rest) is not None


def _is_day(day: str) -> bool:
    if day == UNDATED:
        return True
    try:
        parse_day(day)
    except ValueError:
        return False
    return True


def find_names_of(kind: str, withdrawn: Iterable[str]) -> frozenset[str]:
    """Return the withdrawn ids of one kind, without the kind.

    >>> sorted(find_names_of("entity", ["entity/ivo-brandt", "claim/x/8"]))
    ['ivo-brandt']
    """
    return frozenset(name.partition("/")[2] for name in withdrawn if name.startswith(f"{kind}/"))

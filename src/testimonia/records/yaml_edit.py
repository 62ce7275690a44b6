"""Remove one claim or one entity from the text of a curated file, leaving every other line as it is.

What cannot be removed by whole lines (several entries on one line) is left to a person: the answer is None.
"""

import re
from typing import Any

from testimonia.core.record import Word
from testimonia.core.yaml_tree import Block, Items, Tree, parse_tree


def cut_claim(text: str, claim: str) -> str | None:
    r"""Return a record's text without the claim of that id; None when it is not there or cannot be cut by whole lines.

    >>> cut_claim("claims:\n- id: 1\n  act: raid\n# next\n- id: 2\n  act: search\n", "1")
    'claims:\n# next\n- id: 2\n  act: search\n'
    """
    tree = parse_tree(text, "")[0]
    claims = tree.entries.get("claims") if tree else None
    if tree is None or not isinstance(claims, Items):
        return None
    at = next((n for n, item in enumerate(claims.items) if find_id(item) == claim), None)
    if at is None:
        return None
    lines = text.splitlines(keepends=True)
    starts = [item.position.line for item in claims.items]
    if not re.fullmatch(r"\s*- +", lines[starts[at] - 1][: claims.items[at].position.column - 1]):
        return None
    end = starts[at + 1] if at + 1 < len(starts) else _find_next(tree, starts[at], len(lines))
    kept = _cut(lines, starts[at], end)
    if len(starts) == 1:
        kept = ["claims: []\n" if line.rstrip() == "claims:" else line for line in kept]
    wanted = _strip(tree)
    del wanted["claims"][at]
    return _verify("".join(kept), wanted)


def cut_entity(text: str, slug: str) -> str | None:
    r"""Return the text of a registry or record without the entity of that slug; None as `cut_claim` does.

    When no entry is left, the text is "".

    >>> cut_entity("a: {is: person, name: A}\nb: {is: person, name: B}\n", "a")
    'b: {is: person, name: B}\n'
    """
    tree = parse_tree(text, "")[0]
    entities = find_entities(tree) if tree else None
    if tree is None or entities is None or slug not in entities.entries:
        return None
    lines = text.splitlines(keepends=True)
    key = entities.keys[slug]
    if lines[key.position.line - 1][: key.position.column - 1].strip():
        return None
    after = [word.position.line for word in entities.keys.values() if word.position.line >= key.position.line]
    after = sorted(after)[1:]
    end = after[0] if after else _find_next(tree, key.position.line, len(lines))
    wanted = _strip(tree)
    kept = _cut(lines, key.position.line, end)
    if entities is tree:
        del wanted[slug]
    else:
        del wanted["cast"][slug]
        if not wanted["cast"]:
            del wanted["cast"]
            kept = [line for line in kept if line.rstrip() != "cast:"]
    return _verify("".join(kept), wanted) if wanted else ""


def find_entities(tree: Block) -> Block | None:
    """Return the mapping of entities in a file: the cast of a record, the whole of a registry."""
    if "claims" not in tree.entries:
        return tree
    cast = tree.entries.get("cast")
    return cast if isinstance(cast, Block) else None


def find_id(item: Tree) -> str:
    """Return the id of a claim, "" where it has none."""
    word = item.entries.get("id") if isinstance(item, Block) else None
    return word.text if isinstance(word, Word) else ""


def list_claims(tree: Block | None) -> list[Block]:
    """Return the claims of a record, as far as they are mappings."""
    claims = tree.entries.get("claims") if tree else None
    return [item for item in claims.items if isinstance(item, Block)] if isinstance(claims, Items) else []


def _find_next(tree: Block, line: int, last: int) -> int:
    """Return the line of the next key of the file after a line, or the line after the last."""
    return min((w.position.line for w in tree.keys.values() if w.position.line > line), default=last + 1)


def _cut(lines: list[str], start: int, end: int) -> list[str]:
    """Remove the lines from `start` to before `end` (1-based), but keep comments and gaps of the next entry."""
    indent = len(lines[start - 1]) - len(lines[start - 1].lstrip())
    last = end - 1
    while last > start and re.fullmatch(rf"\s*|[ ]{{0,{indent}}}#.*", lines[last - 1].rstrip("\r\n")):
        last -= 1
    if last < len(lines) and not lines[last].strip() and (start == 1 or not lines[start - 2].strip()):
        last += 1
    return lines[: start - 1] + lines[last:]


def _strip(tree: Tree) -> Any:
    if isinstance(tree, Word):
        return tree.text
    if isinstance(tree, Items):
        return [_strip(item) for item in tree.items]
    return {key.text: _strip(value) for key, value in tree}


def _verify(text: str, wanted: Any) -> str | None:
    """Return the text if it parses to what is wanted, else None."""
    tree, findings = parse_tree(text, "")
    return text if tree is not None and not findings and _strip(tree) == wanted else None

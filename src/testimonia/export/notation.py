"""JSON laid out for readers."""

import json
from collections.abc import Iterable
from types import UnionType
from typing import Any


def write_json(value: Any, depth: int = 0) -> str:
    r"""Return JSON with a line for each key and each object of a list; small objects of plain values take one line.

    `depth` is the depth within a document; each level is indented by two spaces.

    >>> print(write_json({"id": "a", "of": ["b", "c"], "parts": [{"id": "d"}]}))
    {
      "id": "a",
      "of": ["b", "c"],
      "parts": [
        {"id": "d"}
      ]
    }
    """
    edge = "\n" + "  " * (depth + 1)
    if isinstance(value, dict) and (len(value) > 2 or _has(value.values(), dict | list)):
        lines = (f"{json.dumps(key, ensure_ascii=False)}: {write_json(v, depth + 1)}" for key, v in value.items())
        return "{" + edge + f",{edge}".join(lines) + edge[:-2] + "}"
    if isinstance(value, list) and _has(value, dict):
        return "[" + edge + f",{edge}".join(write_json(v, depth + 1) for v in value) + edge[:-2] + "]"
    return json.dumps(value, ensure_ascii=False)


def _has(values: Iterable[Any], kind: type | UnionType) -> bool:
    return any(isinstance(value, kind) for value in values)

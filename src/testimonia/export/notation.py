"""JSON laid out for readers."""

import json
from typing import Any


def write_json(value: Any, depth: int = 0) -> str:
    r"""Return JSON with a line for each key and each object of a list; what holds plain values alone is one line.

    `depth` tells how deep it stands in a document, two blanks a step.

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
    if isinstance(value, dict) and (len(value) > 2 or any(isinstance(v, dict | list) for v in value.values())):
        lines = (f"{json.dumps(key, ensure_ascii=False)}: {write_json(v, depth + 1)}" for key, v in value.items())
        return "{" + edge + f",{edge}".join(lines) + edge[:-2] + "}"
    if isinstance(value, list) and any(isinstance(v, dict) for v in value):
        return "[" + edge + f",{edge}".join(write_json(v, depth + 1) for v in value) + edge[:-2] + "]"
    return json.dumps(value, ensure_ascii=False)

"""The text of a file of links: sorted, with the columns that are used, the same each time."""

import csv
import io

from testimonia.records.sssom import COLUMNS, REQUIRED, LinkFile

_ALWAYS = ("subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification")


def format_links(file: LinkFile) -> str:
    r"""Return the text of a file of links: header, columns in the order of SSSOM, rows by subject, object, predicate.

    >>> file = LinkFile({"mapping_set_id": "https://example.org/m"}, {"id": "https://example.org/id/"})
    >>> print(format_links(file).replace("\t", "|"), end="")
    #mapping_set_id: https://example.org/m
    #curie_map:
    #  id: https://example.org/id/
    subject_id|predicate_id|predicate_modifier|object_id|mapping_justification
    """
    stream = io.StringIO()
    for key, value in file.header.items():
        stream.write(f"#{key}: {_quote(value)}\n")
    if file.prefixes:
        stream.write("#curie_map:\n")
    for prefix, namespace in sorted(file.prefixes.items()):
        stream.write(f"#  {prefix}: {namespace}\n")
    used = {name for row in file.rows for name, cell in row.cells.items() if cell} | {*REQUIRED, *_ALWAYS}
    columns = [name for name in COLUMNS if name in used]
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    lines = [[" ".join(row.cells.get(name, "").split()) for name in columns] for row in file.rows]
    order = [columns.index(name) for name in ("subject_id", "object_id", "predicate_id")]
    lines.sort(key=lambda cells: ([cells[n] for n in order], cells))
    writer.writerows(lines)
    return stream.getvalue()


def _quote(text: str) -> str:
    """Return a text as YAML takes it on one line."""
    plain = text and text[0].isalnum() and ": " not in text and " #" not in text and not text.endswith(":")
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

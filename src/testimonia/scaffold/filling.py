"""The hand-written files of a new data set, from the templates beside this module."""

import shlex
from pathlib import Path
from string import Template

from testimonia.drafting.passages import quote_yaml
from testimonia.scaffold.options import ScaffoldOptions

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_PLACES = {
    ".github/workflows/testimonia.yml": "workflow.yml",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    "README.md": "README.md",
    "mappings/dataset.yaml": "dataset.yaml",
    "mappings/entities/places.yaml": "places.yaml",
    "mappings/interviews/example.yaml": "example.yaml",
    "texts/example.txt": "example.txt",
}
"""Where each template goes. Those of hidden files have no dot: a `.gitignore` would be obeyed where it lies."""
_COUNTRY_OF_THE_EXAMPLE = "valdoria"


def fill_templates(options: ScaffoldOptions) -> dict[str, bytes]:
    """Return the files, by their path within the data set.

    The example is of an invented country of its own, so that nothing invented is said of a real one.

    >>> files = fill_templates(ScaffoldOptions("https://example.org/x/", "X: y", "Ostmark", "XZ", "testimonia"))
    >>> print(files["mappings/entities/places.yaml"].decode().splitlines()[1])
    ostmark: {is: territory, name: "Ostmark", iso: "XZ"}
    """
    cast = "" if options.slug == _COUNTRY_OF_THE_EXAMPLE else "  valdoria:      {is: territory, name: Valdoria}\n"
    templates = [Template((_TEMPLATES / name).read_text("utf-8")) for name in _PLACES.values()]
    filled = (
        template.substitute(
            base=quote_yaml(options.base),
            title=quote_yaml(options.title),
            slug=options.slug,
            country=quote_yaml(options.country),
            iso=options.iso,
            requirement=quote_yaml(options.requirement),
            heading=options.title,
            shown=shlex.quote(options.requirement),
            valdoria=cast,
        )
        for template in templates
    )
    return {place: text.encode() for place, text in zip(_PLACES, filled, strict=True)}

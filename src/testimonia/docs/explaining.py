"""Explanations of names: what is wanted, why, a good and a bad example, layer and page.

A name is a shape (ClaimShape-charge), a code (unknown-key), a violation query (date-twice), a class or property
(t:charge, Act), a term (happening/raid, raid), or a key of records (by; `by:` where a term is called so too).
"""

import difflib
import textwrap
from collections.abc import Iterable

from testimonia.core.codes import Code
from testimonia.core.errors import QueryError
from testimonia.core.findings import SHAPES, shorten
from testimonia.core.namespaces import TERM, T
from testimonia.docs.model import Definition, Model
from testimonia.docs.usage import describe_named, describe_value, make_lines, make_named_lines
from testimonia.shacl.shapes import Shape
from testimonia.validation.queries import SUFFIX, ViolationQuery
from testimonia.vocabulary.reading import ClaimKind, Key

_WIDTH = 80
Entry = Shape | Code | ViolationQuery | Definition | Key | ClaimKind


def explain(model: Model, name: str) -> str:
    """Return the explanation of a name, in lines of at most 80 columns.

    QueryError for a name that is not known (with the nearest ones) or means several things (with all of them).
    """
    found = find_entries(model, name)
    if not found:
        near = difflib.get_close_matches(name, sorted(set(list_names(model))), n=3)
        fix = f"Near it: {', '.join(near)}" if near else "Shapes, codes, classes, properties, terms and keys have names"
        raise QueryError(f'nothing is called "{name}". {fix}')
    if len(found) > 1:
        raise QueryError(f'"{name}" means several things. Say which: ' + ", ".join(found))
    (title, entry), *_ = found.items()
    return _format(title, _explain(model, entry))


def list_names(model: Model) -> list[str]:
    """Return every name that can be explained."""
    slugs = (name.rpartition("/")[2] for name in model.terms)
    defined = [d.name for d in (*model.classes.values(), *model.properties.values())]
    names = [*model.codes, *model.checks, *model.shapes, *defined, *(name.removeprefix("t:") for name in defined)]
    return [*names, *model.vocabulary.keys, *model.vocabulary.kinds, *model.terms, *slugs]


def find_entries(model: Model, name: str) -> dict[str, Entry]:
    """Return all that a name can mean, each under a name that means it alone."""
    short = name.removeprefix(SHAPES).removeprefix("s:")
    local = name.removeprefix(T).removeprefix("t:")
    vocabulary = model.vocabulary
    word = name.removesuffix(":")
    key = vocabulary.keys.get(word) or vocabulary.kinds.get(word)
    rule = model.codes.get(name) or model.checks.get(name)
    known = ((short, model.shapes.get(short)), (name, rule), (f"{word}:", key))
    found: dict[str, Entry] = {title: entry for title, entry in known if entry is not None}
    definition = model.classes.get(T + local) or model.properties.get(T + local)
    is_key = isinstance(key, Key) and definition is not None and key.property == definition.iri and local == name
    if definition is not None and not is_key:  # a key and its property explain each other
        found[definition.name] = definition
    for title, term in model.terms.items():
        slug = name.removeprefix(TERM)
        if slug == title or (slug == title.rpartition("/")[2] and rule is None):  # a term has a name with its scheme
            found[title] = term
    return found


def _explain(model: Model, entry: Entry) -> dict[str, Iterable[str] | str]:
    if isinstance(entry, Code):
        return _explain_code(entry)
    if isinstance(entry, ViolationQuery):
        return _explain_check(entry)
    if isinstance(entry, Shape):
        return _explain_shape(model, entry)
    if isinstance(entry, Key):
        return _explain_key(model, entry)
    if isinstance(entry, ClaimKind):
        return _explain_kind(model, entry)
    return _explain_definition(model, entry)


def _explain_code(code: Code) -> dict[str, Iterable[str] | str]:
    return {
        "wanted": code.wanted,
        "why": code.why,
        "good": textwrap.dedent(code.good).splitlines(),
        "bad": textwrap.dedent(code.bad).splitlines() or ["(left out)"],
        "layer": f"{code.layer.value} ({code.severity.lower()})",
        "page": f"docs/reference/codes.md#{code.name}",
    }


def _explain_check(check: ViolationQuery) -> dict[str, Iterable[str] | str]:
    return {
        "asked": check.summary,
        "why": check.description,
        "found": check.message,
        "fix": f"{check.fix}.",
        "layer": f"queries ({check.severity.lower()})",
        "query": f"queries/checks/{check.slug}{SUFFIX}.rq",
        "page": f"docs/checks.md#{check.slug}",
    }


def _explain_shape(model: Model, shape: Shape) -> dict[str, Iterable[str] | str]:
    page = {"layer": f"shacl ({shape.severity.lower()})", "page": "docs/reference/shapes.md"}
    given: dict[str, Iterable[str] | str] = {"wanted": shape.description, "mend": shape.message, "why": ""}
    about = model.properties.get(shape.path or "")
    if about:
        key = model.find_key(about.iri)
        given["why"] = f"{about.name}: {about.get('skos:definition')}"
        given["example"] = about.get("skos:example")
        if key:
            given["good"], given["bad"] = ([line] for line in make_lines(key, model.vocabulary))
    return given | {"property": shorten(shape.path) if shape.path else ""} | page


def _explain_key(model: Model, key: Key) -> dict[str, Iterable[str] | str]:
    about = model.properties.get(key.property)
    good, bad = make_lines(key, model.vocabulary)
    return {
        "wanted": f"{describe_value(key)}, once or as a list where the shape allows",
        "why": f"It becomes {shorten(key.property)}. {about.get('skos:definition') if about else ''}",
        "example": about.get("skos:example") if about else "",
        "good": [good],
        "bad": [bad],
        "layer": "references (violation)",
        "shapes": ", ".join(model.find_shapes_of(key.property)),
        "page": "docs/reference/keys.md",
    }


def _explain_kind(model: Model, kind: ClaimKind) -> dict[str, Iterable[str] | str]:
    good, bad = make_named_lines(kind, model.vocabulary)
    fixed = {"t:" + kind.cls if kind.cls else "", f"modality/{kind.modality}" if kind.modality else ""} - {""}
    definition = model.classes.get(T + (kind.cls or ""))
    modality = model.terms.get(f"modality/{kind.modality}")
    return {
        "wanted": describe_named(kind, model.vocabulary),
        "why": f"It says what kind of thing the claim tells of: {', '.join(sorted(fixed)) or 'as in the registry'}.",
        "class": definition.get("skos:definition") if definition else "",
        "modality": modality.get("skos:definition") if modality else "",
        "example": definition.get("skos:example") if definition else "",
        "good": [good],
        "bad": [bad],
        "layer": "records (violation)",
        "page": "docs/reference/keys.md",
    }


def _explain_definition(model: Model, definition: Definition) -> dict[str, Iterable[str] | str]:
    is_term = not definition.name.startswith("t:")
    page = f"terms.md#{definition.name.replace('/', '-')}" if is_term else "ontology.md"
    key = model.find_key(definition.iri)
    lines = make_lines(key, model.vocabulary) if key else ()
    return {
        "wanted": definition.get("skos:definition"),
        "fits": definition.get("skos:scopeNote"),
        "rather": _find_rather(model, definition),
        "example": definition.get("skos:example"),
        "notation": definition.get("skos:notation"),
        "broader": ", ".join(iri.removeprefix(TERM) for iri in definition.values.get("skos:broader", ())),
        "narrower": ", ".join(model.find_narrower(definition)),
        "above": ", ".join(map(shorten, definition.values.get("rdfs:subClassOf", ()))),
        "domain": ", ".join(map(shorten, definition.values.get("rdfs:domain", ()))),
        "range": ", ".join(map(shorten, definition.values.get("rdfs:range", ()))),
        "key": f"{key.name}:" if key else "",
        "good": lines[:1],
        "bad": lines[1:],
        "shapes": ", ".join(model.find_shapes_of(definition.iri)),
        "layer": "references (violation)" if is_term else "hygiene",
        "page": f"docs/reference/{page}",
    }


def _find_rather(model: Model, term: Definition) -> str:
    """Return a term that is easily confused with this one, the next under the same concept, with its example."""
    above = set(term.values.get("skos:broader", ()))
    beside = [d for d in model.terms.values() if d != term and above & set(d.values.get("skos:broader", ()))]
    return f"{beside[0].name}, of: {beside[0].get('skos:example')}" if beside else ""


_LABELS = {
    "wanted": "Wanted", "mend": "Mend", "why": "Why", "example": "For example", "good": "Good", "bad": "Bad",
    "page": "More", "above": "Kind of", "rather": "Not this but",
    "fits": "When",
}  # fmt: skip


def _format(title: str, entry: dict[str, Iterable[str] | str]) -> str:
    lines = [title, "=" * len(title)]
    for name, value in entry.items():
        label = _LABELS.get(name, name.capitalize())
        if isinstance(value, str):
            if value:
                lines += textwrap.wrap(
                    f"{label}: {value.strip()}", _WIDTH, subsequent_indent="  ", break_on_hyphens=False
                )
        elif given := list(value):
            lines += [f"{label}:", *(part for line in given for part in _wrap_line(line))]
    return "\n".join(lines)


def _wrap_line(line: str) -> list[str]:
    """Return a line of an example, indented; a long line is continued further in."""
    below = " " * (len(line) - len(line.lstrip()) + 8)
    wrapper = textwrap.TextWrapper(_WIDTH, "    ", below, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(line) or [""]

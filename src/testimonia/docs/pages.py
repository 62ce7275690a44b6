"""The pages of docs/reference/, as Markdown and SVG; generated, so that they cannot drift."""

import re
from collections import Counter
from collections.abc import Iterable

from testimonia.core.codes import Code
from testimonia.core.findings import shorten, shorten_path
from testimonia.core.layers import Layer
from testimonia.core.namespaces import T
from testimonia.docs.hierarchy import draw_hierarchy
from testimonia.docs.model import Definition, Model
from testimonia.docs.usage import describe_named, describe_value, make_lines

_FOLDER = "docs/reference/"
_MODEL = re.compile(r"docs/model\.md#([\w-]+)")
_NOTE = "Written by `make generated` from the model itself; do not edit."


def write_pages(model: Model) -> dict[str, str]:
    """Return path → text of every page."""
    pages = {
        "terms.md": _write_terms(model),
        "ontology.md": _write_ontology(model),
        "shapes.md": _write_shapes(model),
        "keys.md": _write_keys(model),
        "codes.md": _write_codes(model),
    }
    for scheme in model.schemes.values():
        if _has_tree(model, scheme.name):
            pages[f"{scheme.name}.svg"] = draw_hierarchy(_list_terms(model, scheme.name), f"{scheme.label}: hierarchy")
    return {_FOLDER + name: text for name, text in pages.items()}


def _write_terms(model: Model) -> str:
    parts = ["Every concept that a record can name, by scheme. `testimonia explain happening/raid` prints one of them."]
    listed = [f"- [{s.label}](#scheme-{s.name}): `{s.name}`" for s in model.schemes.values()]
    parts += ["\n".join([*listed, "- [All terms from A to Z](#a-to-z)"])]
    for scheme in model.schemes.values():
        parts += [f'<a id="scheme-{scheme.name}"></a>\n\n## {scheme.label}', scheme.get("skos:definition")]
        if _has_tree(model, scheme.name):
            parts += [f"![The tree of the scheme {scheme.name}]({scheme.name}.svg)"]
        parts += [_write_term(model, term) for term in _list_terms(model, scheme.name)]
    return _write_page("Terms", [*parts, *_write_index(model)])


def _write_index(model: Model) -> list[str]:
    """Return every term from A to Z, a line for each letter."""
    letters: dict[str, list[Definition]] = {}
    for term in sorted(model.terms.values(), key=lambda term: (term.label.casefold(), term.name)):
        letters.setdefault(term.label[0].upper(), []).append(term)
    labels = Counter(term.label for term in model.terms.values())

    def link(term: Definition) -> str:
        scheme = f" ({term.name.partition('/')[0]})" if labels[term.label] > 1 else ""
        return f"[{term.label}](#{term.name.replace('/', '-')}){scheme}"

    lines = [f"**{letter}** {' · '.join(map(link, terms))}" for letter, terms in letters.items()]
    return ['<a id="a-to-z"></a>\n\n## A to Z', *lines]


def _write_term(model: Model, term: Definition) -> str:
    facts = {
        "When": term.get("skos:scopeNote"),
        "Example": term.get("skos:example"),
        "Notation": term.get("skos:notation"),
        "Broader": _link_terms(i.rpartition("/term/")[2] for i in term.values.get("skos:broader", ())),
        "Narrower": _link_terms(model.find_narrower(term)),
    }
    title = f"{term.label} · `{term.name}`"
    return _write_entry(term.name.replace("/", "-"), title, term.get("skos:definition"), facts)


def _write_ontology(model: Model) -> str:
    parts = [
        "Classes and properties under `https://w3id.org/testimonia/ontology#` (prefix `t:`), as Turtle in ontology/."
    ]
    for title, definitions in (("Classes", model.classes), ("Properties", model.properties)):
        parts += [f"## {title}"]
        for definition in definitions.values():
            key = model.find_key(definition.iri)
            facts = {
                "Example": definition.get("skos:example"),
                "Kind of": _link_defined(model, definition.values.get("rdfs:subClassOf", ())),
                "On": _link_defined(model, definition.values.get("rdfs:domain", ())),
                "Value": _link_defined(model, definition.values.get("rdfs:range", ())),
                "Key": f"[`{key.name}`](keys.md#{key.name})" if key else "",
                "Shapes": ", ".join(f"[{n}](shapes.md#{n})" for n in model.find_shapes_of(definition.iri)),
            }
            local = definition.name.removeprefix("t:")
            name = f"{definition.label} · `{definition.name}`"
            parts += [_write_entry(local, name, definition.get("skos:definition"), facts)]
    return _write_page("Ontology", parts)


def _write_shapes(model: Model) -> str:
    parts = ["What the graph must hold. A finding names its shape; `testimonia explain ClaimShape-charge` prints one."]
    for name, shape in model.shapes.items():
        most = "any number" if shape.most is None else f"at most {shape.most}"
        defined = shape.path and shape.path.startswith(T) and shape.path in model.properties
        path = _link_defined(model, (shape.path,)) if shape.path and defined else shorten_path(shape.path or "")
        facts = {
            "Path": path if defined or not path else f"`{path}`",
            "How many": f"at least {shape.least}, {most}" if shape.path and shape.simple else "",
            "Class": _link_defined(model, (shape.cls,)) if shape.cls else "",
            "Datatype": f"`{shorten(shape.datatype)}`" if shape.datatype else "",
            "Aimed at": _link_defined(model, shape.targets),
            "Mend": _link_model(shape.message),
            "Severity": shape.severity.lower(),
        }
        parts += [_write_entry(name, f"{name}", _link_model(shape.description or shape.name), facts)]
    return _write_page("Shapes", parts)


def _write_keys(model: Model) -> str:
    parts = [
        "What claims and entities can say, beside the envelope that [Records](../records.md) describes.",
        "## What a claim tells of",
    ]
    for kind in model.vocabulary.kinds.values():
        cls = model.classes.get(T + (kind.cls or ""))
        facts = {
            "Class": _link_defined(model, (T + kind.cls,)) if kind.cls else "",
            "Modality": _link_terms([f"modality/{kind.modality}"]) if kind.modality else "",
            "Behind it": describe_named(kind, model.vocabulary),
            "Example": cls.get("skos:example") if cls else "",
        }
        text = cls.get("skos:definition") if cls else ""
        parts += [_write_entry(f"kind-{kind.name}", f"`{kind.name}:`", text, facts)]
    parts += ["## Details"]
    for key in model.vocabulary.keys.values():
        about = model.properties.get(key.property)
        good, bad = make_lines(key, model.vocabulary)
        facts = {
            "Takes": describe_value(key),
            "Becomes": _link_defined(model, (key.property,)),
            "On": ", ".join(sorted(key.most)),
            "Good": f"`{good}`",
            "Bad": f"`{bad}`",
        }
        parts += [_write_entry(key.name, f"`{key.name}:`", about.get("skos:definition") if about else "", facts)]
    return _write_page("Keys of records", parts)


def _write_codes(model: Model) -> str:
    parts = [
        "Every problem that a curated file, a text, an RDF file or a command can have, and every rule of the graph "
        "that is neither a [shape](shapes.md) nor a [violation query](../checks.md). Its line ends in the code, in "
        "brackets; `testimonia explain unknown-key` prints one of them.",
    ]
    by_layer: dict[Layer, list[Code]] = {layer: [] for layer in Layer}
    for code in model.codes.values():
        by_layer[code.layer].append(code)
    index: list[str] = []
    entries: list[str] = []
    for layer, codes in by_layer.items():
        if codes:
            links = ", ".join(f"[{code.name}](#{code.name})" for code in codes)
            index.append(f"- [{layer.value}](#{layer.value}): {links}")
            entries += [f"## {layer.value}", *map(_write_code, codes)]
    return _write_page("Codes", [*parts, "\n".join(index), *entries])


def _write_code(code: Code) -> str:
    bad = code.bad or "(left out)"
    severity = "" if code.severity == "Violation" else f"*{code.severity}*"
    examples = f"Good:\n\n```\n{code.good.rstrip()}\n```\n\nBad:\n\n```\n{bad.rstrip()}\n```"
    head = f'<a id="{code.name}"></a>\n\n### {code.name}'
    return "\n\n".join(filter(None, (head, f"{code.wanted} {code.why}", severity, examples)))


def _write_entry(anchor: str, title: str, text: str, facts: dict[str, str]) -> str:
    given = [f"- {name}: {value}" for name, value in facts.items() if value]
    return "\n\n".join(filter(None, [f'<a id="{anchor}"></a>\n\n### {title}', text, "\n".join(given)]))


def _write_page(title: str, parts: list[str]) -> str:
    return "\n\n".join([f"# {title}", _NOTE, *filter(None, parts)]) + "\n"


def _list_terms(model: Model, scheme: str) -> list[Definition]:
    return [term for name, term in model.terms.items() if name.startswith(f"{scheme}/")]


def _has_tree(model: Model, scheme: str) -> bool:
    return any(term.values.get("skos:broader") for term in _list_terms(model, scheme))


def _link_model(text: str) -> str:
    return _MODEL.sub(r"[model](../model.md#\1)", text)


def _link_terms(names: Iterable[str]) -> str:
    return ", ".join(f"[{name}](terms.md#{name.replace('/', '-')})" for name in names)


def _link_defined(model: Model, iris: Iterable[str]) -> str:
    known = model.classes.keys() | model.properties.keys()
    return ", ".join(
        f"[{shorten(iri)}](ontology.md#{iri.removeprefix(T)})" if iri in known else f"`{shorten(iri)}`" for iri in iris
    )

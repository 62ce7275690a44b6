"""The JSON Schema (2020-12) of a record, written from the vocabulary, for completion and errors in YAML editors.

Editors read YAML 1.2 values with types (`id: 1` is a number there), so a plain value may be text or a number.
"""

from collections.abc import Iterable
from typing import Any

from testimonia.core.iris import CLAIM_ID, SLUG
from testimonia.core.record import Records
from testimonia.records.figures import FIGURE_KEY
from testimonia.records.keys import CLAIM_KEYS, ENTITY_KEYS, HEAD_KEYS, NO_COUNTRY, REQUIRED_HEAD
from testimonia.records.reasons import PASSED_KEYS, REASONS, REPETITION
from testimonia.records.speakers import VOICES
from testimonia.vocabulary.reading import CLAIM_CLASS, ClaimKind, Key, Takes, Vocabulary

Schema = dict[str, Any]
_REFERENCE = r"claim [A-Za-z0-9/-]+"
_VISIBILITY: Schema = {"type": "string", "pattern": r"^(public|restricted|embargoed until \d{4}-\d{2}-\d{2})$"}
_TEXT: Schema = {"type": ["string", "number"]}
_CUE: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": 2}]}


def write_schema(vocabulary: Vocabulary, records: Records) -> Schema:
    """Return the JSON Schema of a record file of this data set; entities of its registries are offered by name."""
    entities = sorted(records.entities)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record: one interview as claims",
        **_write_object(HEAD_KEYS, _write_head(), REQUIRED_HEAD),
        "if": {"not": {"anyOf": [{"required": ["quoted"]}, {"required": ["turns"]}]}},
        "then": {
            "properties": {
                "claims": {"items": {"properties": {"speaker": {"enum": [voice.value for voice in VOICES]}}}}
            }
        },
        "$defs": {
            "entity": {
                "description": "an entity: a slug of a registry or of the record's cast",
                "anyOf": [{"enum": entities}, {"type": "string", "pattern": f"^{SLUG.pattern}$"}],
            },
            "reference": {
                "description": "an entity, or `claim ID`, or `claim INTERVIEW/ID`",
                "anyOf": [{"enum": entities}, {"type": "string", "pattern": f"^({SLUG.pattern}|{_REFERENCE})$"}],
            },
            "date": {"description": "EDTF, perhaps with early, mid or late before it", "type": ["string", "integer"]},
            "inferred": _write_object(
                {"date": "what is inferred", "from": "what it follows from"},
                {"date": {"$ref": "#/$defs/date"}, "from": {"type": "string"}},
                ("date", "from"),
            ),
            **{f"term-{scheme}": _write_terms(slugs) for scheme, slugs in vocabulary.terms.items()},
            "claim": _write_claim(vocabulary),
            "passed-over": _write_passed(),
            "cast": _write_cast(vocabulary),
        },
    }


def _write_head() -> dict[str, Schema]:
    return {
        "interview": {"type": "string", "pattern": f"^{SLUG.pattern}$"},
        "source": {"type": "string", "pattern": "^.+#[0-9]+$"},
        "title": {"type": "string"},
        "headline": _CUE,
        "country": _allow_list({"$ref": "#/$defs/entity"}),
        "language": {"type": "string"},
        "speakers": {
            "type": "object",
            "properties": {voice.value: {"$ref": "#/$defs/entity"} for voice in VOICES},
            "additionalProperties": False,
        },
        "quoted": {"type": "object", "additionalProperties": {"$ref": "#/$defs/entity"}},
        "turns": {
            "type": "object",
            "propertyNames": {"pattern": "^[1-9][0-9]*$"},
            "additionalProperties": {"$ref": "#/$defs/entity"},
        },
        "inferred": {"$ref": "#/$defs/inferred"},
        "cast": {"type": "object", "additionalProperties": {"$ref": "#/$defs/cast"}},
        "passed-over": {"type": "array", "items": {"$ref": "#/$defs/passed-over"}},
        "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
        "visibility": _VISIBILITY,
    }


def _write_claim(vocabulary: Vocabulary) -> Schema:
    envelope: dict[str, Schema] = {
        "id": {"type": ["string", "integer"], "pattern": f"^{CLAIM_ID.pattern}$"},
        "speaker": {
            "anyOf": [{"enum": [voice.value for voice in VOICES]}, {"type": "string", "pattern": f"^{SLUG.pattern}$"}]
        },
        "quote": _CUE,
        "quotes": {"type": "array", "items": _CUE, "minItems": 1},
        "nth": {"type": "integer", "minimum": 1},
        "gist": {"type": "string"},
        "cites": _allow_list({"$ref": "#/$defs/entity"}),
        "context": _allow_list({"type": "string"}),
        "as": {"type": "string", "pattern": f"^{SLUG.pattern}$"},
        "country": {"anyOf": [{"const": NO_COUNTRY}, _allow_list({"$ref": "#/$defs/entity"})]},
        "inferred": {"$ref": "#/$defs/inferred"},
        "figures": {
            "type": "object",
            "propertyNames": {"pattern": f"^{FIGURE_KEY.pattern}$"},
            "additionalProperties": {"type": "string"},
        },
        "visibility": _VISIBILITY,
    }
    kinds = {name: _write_kind(kind, vocabulary) for name, kind in vocabulary.kinds.items()}
    details = {n: _write_key(k, k.most[CLAIM_CLASS]) for n, k in vocabulary.claim_keys.items() if n not in envelope}
    schema = _write_object(CLAIM_KEYS, {**envelope, **kinds, **details}, ("id", "gist"))
    schema["allOf"] = [
        {"oneOf": [{"required": [name]} for name in kinds]},
        {"oneOf": [{"required": ["quote"]}, {"required": ["quotes"]}]},
    ]
    return schema


def _write_passed() -> Schema:
    properties: dict[str, Schema] = {
        "quote": _CUE,
        "quotes": {"type": "array", "items": _CUE, "minItems": 1},
        "nth": {"type": "integer", "minimum": 1},
        "speaker": {"type": "string"},
        "reason": _write_terms(REASONS),
        "of": {"type": "string", "pattern": f"^claim {CLAIM_ID.pattern}$"},
    }
    schema = _write_object(PASSED_KEYS, properties, ("reason",))
    repeated = {"properties": {"reason": {"const": REPETITION}}}
    schema["allOf"] = [
        {"oneOf": [{"required": ["quote"]}, {"required": ["quotes"]}]},
        {"if": repeated, "then": {"required": ["of"]}, "else": {"not": {"required": ["of"]}}},
    ]
    return schema


def _write_kind(kind: ClaimKind, vocabulary: Vocabulary) -> Schema:
    told = f"{kind.cls} ({kind.modality})" if kind.cls else kind.modality or "as in the registry"
    value: Schema = {"$ref": "#/$defs/entity"}
    if kind.names in vocabulary.keys:
        value = {"$ref": f"#/$defs/term-{vocabulary.keys[kind.names].scheme}"}
    return {"description": f"tells of: {told}", **_allow_list(value)}


def _write_key(key: Key, most: int | None) -> Schema:
    values: dict[Takes, Schema] = {
        Takes.TERM: {"$ref": f"#/$defs/term-{key.scheme}"},
        Takes.ENTITY: {"$ref": "#/$defs/reference"},
        Takes.DATE: {"$ref": "#/$defs/date"},
        Takes.TRUTH: {"const": True},
        Takes.TEXT: _TEXT,
    }
    description = f"{key.property.rpartition('#')[2]}: {key.takes.value}" + (f" of {key.scheme}" if key.scheme else "")
    value = values[key.takes]
    return {"description": description, **(value if most == 1 else _allow_list(value))}


def _write_cast(vocabulary: Vocabulary) -> Schema:
    keys = {n: k for cls in vocabulary.entity_classes.values() for n, k in vocabulary.find_keys(cls).items()}
    properties = {n: _write_key(k, None) for n, k in sorted(keys.items())}
    for key in filter(lambda key: key.in_languages, keys.values()):
        properties[key.name]["anyOf"].append({"type": "object", "additionalProperties": _allow_list(_TEXT)})
    envelope = {"visibility": _VISIBILITY, "pseudonym": _TEXT}
    classes: Schema = {"enum": list(vocabulary.entity_classes)}
    schema = _write_object(ENTITY_KEYS, {"is": classes, **properties, **envelope}, ("is",))
    return {"description": "an entity that only this record speaks of", **schema}


def _write_terms(slugs: dict[str, str]) -> Schema:
    return {"oneOf": [{"const": slug, "description": text} for slug, text in slugs.items()]}


def _write_object(notes: dict[str, str], properties: dict[str, Schema], required: Iterable[str]) -> Schema:
    described = {n: {"description": notes[n], **s} if n in notes else s for n, s in properties.items()}
    return {"type": "object", "properties": described, "required": list(required), "additionalProperties": False}


def _allow_list(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}

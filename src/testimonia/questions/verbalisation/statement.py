"""The model of a claim with the labels of all that it mentions, ready to be put into words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A node or a literal with its label; `iri` is "" for a literal."""

    name: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSubject:
    """What a claim is about: its name if it has one, the names of its class and of its types (happening concepts).

    `is_happening`: it is a happening, real or a scenario, not a person, a body, a place, a law, a work.
    """

    thing: Named
    cls: str
    types: tuple[Named, ...]
    is_happening: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: its key in the claim, its number or word as written, and the labels of what qualifies it.

    `part_of` and `same_as` are keys of figures (`detained`), with `interview#claim/` before those of other claims.
    """

    key: str
    value: str
    qualifier: str = ""
    unit: str = ""
    per: str = ""
    date: str = ""
    part_of: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """A passage of the source: number of the turn, start and end in code points (0-based, end-exclusive)."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim with all its content.

    `id` is as in the record, `cited` are the sources other than the speaker, `modality` is its wording in a sentence,
    `details` are (property IRI, values), `basis` is the reason for the `inferred` dates.
    """

    iri: str
    id: str
    speaker: Named
    voice: str
    cited: tuple[Named, ...]
    modality: str
    about: tuple[ClaimSubject, ...]
    details: tuple[tuple[str, tuple[Named, ...]], ...]
    amounts: tuple[Amount, ...]
    countries: tuple[Named, ...]
    inferred: tuple[Named, ...]
    basis: str
    gist: str
    spans: tuple[PassageSpan, ...]

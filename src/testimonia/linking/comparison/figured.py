"""A figure of a claim with its context: whose claim it is, in which passage, and whether it tells of something real."""

from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.dates import DateSpan, find_span
from testimonia.core.errors import QueryError, find_nearest
from testimonia.core.namespaces import TERM, T, expand
from testimonia.linking.comparison.claims import ClaimVoice, read_voice
from testimonia.linking.comparison.merged import Merged
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of ours: `value` or `wording`, qualifier (slug), unit and `per` (IRIs), date as written and in days.

    `unreal` is the modality of a claim about what is not said to have happened, else ""; `said` is the figure in words.
    """

    iri: str
    key: str
    value: str
    wording: str
    qualifier: str
    unit: str
    per: str
    written: str
    span: DateSpan | None
    unreal: str
    said: str
    voice: ClaimVoice


def get_figure(merged: Merged, naming: Naming, name: str, key: str = "") -> Figure:
    """Return a figure of a claim: `name` is its short name (`val-solen#8`) or IRI, `key` needed where it has several.

    QueryError when there is no such claim or figure, with those that there are.
    """
    interview, _, written = name.partition("#")
    claim = f"{naming.get_stem('interview')}{interview}/claim/{written}" if written and "//" not in name else name
    claims = _find_claims(merged.own)
    if claim not in claims:
        near = find_nearest(name, [naming.shorten(iri) for iri in claims])
        raise QueryError(f'there is no claim "{name}". {near or "They are named as in: testimonia ask figures"}')
    figures = find_figures(merged.own, claim)
    if not figures:
        raise QueryError(f'"{naming.shorten(claim)}" has no figure')
    if key and key not in figures:
        fix = find_nearest(key, figures) or f"It has: {', '.join(figures)}"
        raise QueryError(f'"{naming.shorten(claim)}" has no figure "{key}". {fix}')
    if not key and len(figures) > 1:
        raise QueryError(f'"{naming.shorten(claim)}" has several figures. Say which: --figure {" or ".join(figures)}')
    return read_ours(merged, naming, claim, key or next(iter(figures)))


def find_figures(store: ox.Store, claim: str) -> dict[str, str]:
    """Return the figures of a claim: key → IRI, in alphabetical order."""
    return {iri.removeprefix(f"{claim}/figure/"): iri for iri in sorted(_find(store, claim, f"{T}figure"))}


def read_ours(merged: Merged, naming: Naming, claim: str, key: str) -> Figure:
    """Return a figure of ours by claim and key; its date is the claim's where it has none of its own."""
    store, iri = merged.own, f"{claim}/figure/{key}"

    def first(subject: str, name: str) -> str:
        return next(iter(_find(store, subject, T + name)), "")

    on = first(iri, "date") or first(claim, "date")
    written = next(iter(_find(store, on, _LABEL)), "")
    modality = first(claim, "modality")
    value, wording, qualifier = first(iri, "value"), first(iri, "wording"), first(iri, "qualifier")
    unit, per = first(iri, "unit"), first(iri, "per")
    words = (naming.shorten(qualifier).replace("-", " "), value or wording, naming.shorten(unit))
    said = " ".join(filter(None, (*words, f"per {naming.shorten(per)}" if per else "")))
    return Figure(
        iri=iri,
        key=key,
        value=value,
        wording=wording,
        qualifier=qualifier.removeprefix(f"{TERM}qualifier/"),
        unit=unit,
        per=per,
        written=written,
        span=find_span(written),
        unreal=naming.shorten(modality) if f"{T}UnrealModality" in _find(store, modality, _TYPE) else "",
        said=said,
        voice=read_voice(merged, naming, claim),
    )


def _find(store: ox.Store, subject: str, predicate: str) -> list[str]:
    if not subject:
        return []
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(get_value(quad.object) for quad in quads)


def _find_claims(store: ox.Store) -> list[str]:
    quads = store.quads_for_pattern(None, ox.NamedNode(_TYPE), ox.NamedNode(f"{T}Claim"))
    return sorted(get_value(quad.subject) for quad in quads)

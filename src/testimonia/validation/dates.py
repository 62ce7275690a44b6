"""Where each date node of the graph is first written."""

from collections.abc import Iterator

from testimonia.core.iris import mint_date_iri
from testimonia.core.record import Claim, Position, Records, Word
from testimonia.records.figures import parse_figure
from testimonia.vocabulary.reading import Takes, Vocabulary


def find_first_dates(records: Records, vocabulary: Vocabulary) -> dict[str, tuple[str, str, Position]]:
    """Map the last part of a date's IRI to the interview, the claim ("" for a head or entry) and the line.

    The first use counts, in the order of the records. Figures whose text cannot be parsed have no date.
    """
    keys = {name for name, key in vocabulary.keys.items() if key.takes is Takes.DATE}
    found: dict[str, tuple[str, str, Position]] = {}

    def note(written: str, interview: str, claim: str, position: Position) -> None:
        found.setdefault(mint_date_iri("", written).removeprefix("date/"), (interview, claim, position))

    for record in records.records:
        interview = record.interview.text
        if record.inferred:
            note(record.inferred.date.text, interview, "", record.inferred.date.position)
        for claim in record.claims:
            for written, word in _list_dates(claim, keys, vocabulary):
                note(written, interview, claim.id.text, word.position)
    for entities in (records.entities, *(r.cast for r in records.records)):
        for entity in entities.values():
            for name in keys & entity.details.keys():
                for word in entity.details[name]:
                    note(word.text, "", "", word.position)
    return found


def _list_dates(claim: Claim, keys: set[str], vocabulary: Vocabulary) -> Iterator[tuple[str, Word]]:
    """Yield each date of a claim as written, with the word that it stands in, in the order of the record."""
    for name, words in claim.details.items():
        if name in keys:
            yield from ((word.text, word) for word in words)
    if claim.inferred:
        yield claim.inferred.date.text, claim.inferred.date
    for word in claim.figures.values():
        try:
            figure = parse_figure(word.text, vocabulary.terms.get("qualifier", {}), vocabulary.terms.get("unit", {}))
        except ValueError:
            continue
        if figure.date:
            yield figure.date, word

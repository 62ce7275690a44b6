"""Sentences for people, from a statement.

What is read out is what the graph holds, word by word, and nothing else: who says it, whose words or knowledge it is,
how it is said to be (done, planned, denied …), then each detail under the name that records give it.
"""

from collections.abc import Mapping

from testimonia.questions.verbalisation.statement import Amount, ClaimSubject, Named, Statement


def write_statement(statement: Statement, keys: Mapping[str, str]) -> str:
    """Return a statement as one sentence; `keys` maps properties (IRI) to the names that records give them.

    Properties without a name are given by the last part of their IRI. Their order is that of `keys`.

    >>> told = ClaimSubject(Named(""), "act", (Named("raid"),), True)
    >>> statement = Statement("https://example.org/interview/val-solen/claim/4", "4", Named("Mira Solen"),
    ...     "interviewee", (Named("Daily Harbour"),), "it happened", (told,),
    ...     (("https://example.org/ontology#actor", (Named("harbour police"),)),),
    ...     (Amount("detained", "9", "at least", "persons"),), (Named("Valdoria"),), (), "", "", ())
    >>> write_statement(statement, {"https://example.org/ontology#actor": "by"})
    'Mira Solen (interviewee), citing Daily Harbour: it happened: act "raid"; by harbour police; detained: at least
     9 persons; country Valdoria.'
    """
    who = f"{statement.speaker.name} ({statement.voice})"
    if statement.cited:
        who += f", citing {_join(statement.cited)}"
    order = {iri: place for place, iri in enumerate(keys)}
    details = sorted(statement.details, key=lambda item: (order.get(item[0], len(order)), item[0]))
    parts = [
        _write_head(statement),
        *(f"{keys.get(iri) or iri.rpartition('#')[2]} {_join(values)}" for iri, values in details),
        *(_write_amount(amount) for amount in statement.amounts),
    ]
    if statement.countries:
        parts.append(f"country {_join(statement.countries)}")
    if statement.inferred:
        parts.append(f"date inferred {_join(statement.inferred)}, from: {statement.basis}")
    return f"{who}: {'; '.join(filter(None, parts))}."


def _write_head(statement: Statement) -> str:
    """Return how it is said to be, and what is told of."""
    told = ", ".join(_write_told(thing) for thing in statement.about)
    if statement.about and not any(thing.is_happening for thing in statement.about):
        return f"of {told}"
    return f"{statement.modality}: {told}" if told else statement.modality


def _write_told(told: ClaimSubject) -> str:
    types = ", ".join(f'"{kind.name}"' for kind in told.types)
    if not told.is_happening:
        return told.thing.name
    return " ".join(filter(None, (told.cls, types, f"({told.thing.name})" if told.thing.name else "")))


def _write_amount(amount: Amount) -> str:
    number = " ".join(filter(None, (amount.qualifier, amount.value, amount.unit)))
    number += f" per {amount.per}" if amount.per else ""
    number += f" in {amount.date}" if amount.date else ""
    number += f", part of {amount.part_of}" if amount.part_of else ""
    number += f", same as {amount.same_as}" if amount.same_as else ""
    return f"{amount.key}: {number}"


def _join(values: tuple[Named, ...]) -> str:
    return " and ".join(value.name for value in values)

"""Writing a statement as a sentence for people.

A sentence has what the graph has, and nothing else: who says it, whom they cite, its modality (done, planned, denied
…), then each detail under the key that it has in records.
"""

from collections.abc import Mapping

from testimonia.questions.verbalisation.statement import Amount, ClaimSubject, Named, Statement


def write_statement(statement: Statement, keys: Mapping[str, str]) -> str:
    """Return a statement as one sentence; `keys` maps properties (IRI) to their keys in records, in the order to use.

    Properties without a key come last, named by the last part of their IRI.

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
    """Return the modality of a statement and what it is about."""
    subjects = ", ".join(map(_write_subject, statement.about))
    if statement.about and not any(subject.is_happening for subject in statement.about):
        return f"of {subjects}"
    return f"{statement.modality}: {subjects}" if subjects else statement.modality


def _write_subject(subject: ClaimSubject) -> str:
    name = subject.thing.name
    if not subject.is_happening:
        return name
    types = ", ".join(f'"{kind.name}"' for kind in subject.types)
    return " ".join(filter(None, (subject.cls, types, name and f"({name})")))


def _write_amount(amount: Amount) -> str:
    number = " ".join(filter(None, (amount.qualifier, amount.value, amount.unit)))
    qualified = ((" per ", amount.per), (" in ", amount.date), (", part of ", amount.part_of))
    for words, value in (*qualified, (", same as ", amount.same_as)):
        number += value and f"{words}{value}"
    return f"{amount.key}: {number}"


def _join(values: tuple[Named, ...]) -> str:
    return " and ".join(value.name for value in values)

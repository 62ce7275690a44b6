"""Usage: claims are counted however they reach a term, and only terms that nothing excuses are findings."""

import pyoxigraph as ox

from testimonia.questions.usage import TermUse, count_uses

GRAPH = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <https://w3id.org/testimonia/ontology#> .
@prefix term: <https://w3id.org/testimonia/term/> .
@prefix charge: <https://w3id.org/testimonia/term/charge/> .
@prefix happening: <https://w3id.org/testimonia/term/happening/> .
@prefix unit: <https://w3id.org/testimonia/term/unit/> .
@prefix hedge: <https://w3id.org/testimonia/term/hedge/> .
@prefix e: <https://example.org/> .
term:hedge skos:editorialNote "A whole scale."@en .
charge:mockery a skos:Concept ; skos:inScheme term:charge .
charge:arson a skos:Concept ; skos:inScheme term:charge ; skos:editorialNote "A law names it."@en .
happening:deed a skos:Concept ; skos:inScheme term:happening .
happening:raid a skos:Concept ; skos:inScheme term:happening ; skos:broader happening:deed .
happening:search a skos:Concept ; skos:inScheme term:happening ; skos:broader happening:deed .
unit:persons a skos:Concept ; skos:inScheme term:unit .
hedge:likely a skos:Concept ; skos:inScheme term:hedge .
e:one a t:Claim ; t:inInterview e:solen ; t:about e:raid ; t:charge charge:mockery, charge:arson ; t:figure e:figure .
e:two a t:Claim ; t:inInterview e:dale ; t:about e:raid ; t:because e:one .
e:raid a t:Act ; t:type happening:raid .
e:figure a t:Figure ; t:unit unit:persons ; t:per unit:persons .
"""


def test_claims_are_counted_through_things_and_figures_but_not_through_claims() -> None:
    store = ox.Store()
    store.load(GRAPH, format=ox.RdfFormat.TURTLE)
    uses = count_uses(store)
    assert uses == (
        TermUse("charge", "arson", 1, 1, 0, "A law names it."),
        TermUse("charge", "mockery", 1, 1),  # claim two names claim one, not its charge
        TermUse("happening", "deed", 0, 0, 2),
        TermUse("happening", "raid", 2, 2),
        TermUse("happening", "search", 0, 0),
        TermUse("hedge", "likely", 0, 0, 0, "A whole scale."),
        TermUse("unit", "persons", 1, 1),
    )
    assert {use.slug: use.finding for use in uses if use.finding} == {
        "mockery": "used once",
        "search": "unused",
        "persons": "used once",
    }

"""Untouched: what a query names, a broader term that it names, or an answer shows is touched; the rest is listed."""

import pyoxigraph as ox

from testimonia.questions.question import Question
from testimonia.questions.untouched import Untouched, find_untouched

GRAPH = ox.Store()
GRAPH.load(
    """
    @prefix e: <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix t: <https://w3id.org/testimonia/ontology#> . @prefix h: <https://w3id.org/testimonia/term/happening/> .
    @prefix m: <https://w3id.org/testimonia/term/means/> .
    e:1 a t:Act ; t:type h:raid , h:beating ; t:means m:radio , m:post , m:balloon .
    e:2 a t:Threat .
    h:raid a skos:Concept ; skos:broader h:repression ; skos:prefLabel "raid"@en .
    h:beating a skos:Concept ; skos:broader h:violence ; skos:prefLabel "beating"@en .
    h:repression a skos:Concept . h:violence a skos:Concept . h:unused a skos:Concept .
    m:radio a skos:Concept ; skos:prefLabel "radio"@en . m:post a skos:Concept . m:balloon a skos:Concept .
    """,
    format=ox.RdfFormat.TURTLE,
)
QUERY = """PREFIX t: <https://w3id.org/testimonia/ontology#> PREFIX h: <https://w3id.org/testimonia/term/happening/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?x { ?x a t:Act ; t:type/skos:broader* h:repression }"""
QUESTION = Question("q", "", "Q?", "", "", (), {}, {}, frozenset(), (), None, (), QUERY)


def test_what_is_left() -> None:
    answers = [b"x,y\nhttps://example.org/1,paper; radio\n,https://w3id.org/testimonia/term/means/post\n"]
    assert find_untouched([QUESTION], answers, GRAPH) == (
        Untouched("class", "Threat"),
        Untouched("property", "means"),
        Untouched("term", "happening/beating"),
        Untouched("term", "means/balloon"),
    )
    assert len(find_untouched([], [], GRAPH)) == 9

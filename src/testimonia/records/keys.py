"""The keys that the head, the claims and the entities of a record file may have, each with a note for editors.

Keys that become properties are not listed here: they come from the vocabulary.
"""

HEAD_KEYS = {
    "interview": "the interview's id; the file is called after it",
    "source": "file name, #, number of the interview in it",
    "title": "what the interview is called here, in our own words",
    "headline": "a cue into the published headline",
    "country": "the territory it is about; claims may name another",
    "language": "language of the gists (BCP 47)",
    "speakers": "who stands behind each voice",
    "quoted": "in a narrative: the entity behind each name of a quoted speaker, as `testimonia texts` lists them",
    "turns": "in a narrative: the entity behind single quotations, by the number of the turn",
    "inferred": "a date that the text does not say, and from what it follows",
    "cast": "who and what appears in this record only",
    "passed-over": "what no claim carries, and why",
    "claims": "what is said, in the order of the text",
    "visibility": "public (also when left out), restricted, or embargoed until YYYY-MM-DD",
}
CLAIM_KEYS = {
    "id": "written once, never used again for another claim",
    "speaker": "whose voice, or which quoted speaker; left out: the interviewee, in a narrative the narrator",
    "quote": "the fewest first and last words that fit exactly one passage",
    "quotes": "several cues, when the evidence stands in several passages",
    "nth": "which one, when a sentence stands there several times",
    "gist": "one sentence in our own words",
    "cites": "whose words or knowledge it is, when not the speaker's own",
    "context": "cues of passages that support the reading; `voice: cue` for another voice or quoted speaker",
    "as": "a name for the thing, so that other claims can tell of it",
    "country": "where, when it is not the record's country; none where it tells of no country",
    "inferred": "a date that the text does not say, and from what it follows",
    "figures": "numbers: the concept counted, then the figure",
    "visibility": "public (also when left out), restricted, or embargoed until YYYY-MM-DD",
}
ENTITY_KEYS = {
    "is": "its class: a word of kinds.yaml",
    "visibility": "public (also when left out), restricted, or embargoed until YYYY-MM-DD",
    "pseudonym": "what it is called in the public edition, in place of its name",
}
REQUIRED_HEAD = ("interview", "source", "title", "country", "language", "speakers", "claims")
NO_COUNTRY = "none"
"""The value of `country` of a claim that tells of no country."""

"""Whose voice a claim of ours is, whom it cites, and in which passages it stands."""

from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from testimonia.linking.comparison.merged import Merged
from testimonia.questions.verbalisation.reading import read_statements
from testimonia.questions.verbalisation.statement import PassageSpan, Statement
from testimonia.rdf.short_names import Naming


@dataclass(frozen=True, slots=True)
class ClaimVoice:
    """Who stands behind a claim: its short name, interview, speaker, voice, whom it cites, modality, gist, passages."""

    claim: str
    interview: str
    speaker: str
    voice: str
    cited: tuple[str, ...]
    modality: str
    gist: str
    spans: tuple[PassageSpan, ...]

    def describe(self) -> str:
        """Return it in one line; offsets are code points of the source, whose words are never shown.

        >>> span = PassageSpan(4, 393, 518)
        >>> ClaimVoice("val-solen#8", "val-solen", "Mira Solen", "interviewee", (), "", "", (span,)).describe()
        'val-solen#8: Mira Solen (interviewee), turn 4, 393–518'
        """
        cited = f", citing {', '.join(self.cited)}" if self.cited else ""
        return f"{self.claim}: {self.speaker} ({self.voice}){cited}, {self.passages}"

    @property
    def passages(self) -> str:
        """The places of its passages."""
        return "; ".join(f"turn {span.turn}, {span.start}–{span.end}" for span in self.spans)


def read_voice(merged: Merged, naming: Naming, claim: str) -> ClaimVoice:
    """Return who stands behind a claim of our graph, by its IRI; KeyError when there is none."""
    interview = claim.removeprefix(naming.get_stem("interview")).partition("/claim/")[0]
    said = _read_statements(merged.own, merged.base, interview)[claim]
    return ClaimVoice(
        claim=naming.shorten(claim),
        interview=interview,
        speaker=said.speaker.name,
        voice=said.voice,
        cited=tuple(named.name for named in said.cited),
        modality=said.modality,
        gist=said.gist,
        spans=said.spans,
    )


@lru_cache(maxsize=1024)
def _read_statements(store: ox.Store, base: str, interview: str) -> dict[str, Statement]:
    return {statement.iri: statement for statement in read_statements(store, base, interview)}

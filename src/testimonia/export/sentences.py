"""Sentences for the claims of an interview, with all their details."""

import pyoxigraph as ox

from testimonia.core.layout import Layout, find_model_root
from testimonia.export.source import ExportSource
from testimonia.questions.verbalisation.reading import read_statements
from testimonia.questions.verbalisation.wording import write_statement
from testimonia.vocabulary.reading import read_vocabulary


class Sentences:
    """Puts claims into words; labels are looked up in the whole source."""

    def __init__(self, whole: ExportSource) -> None:
        model = find_model_root()
        keys = read_vocabulary(Layout(model, model)).keys.values()
        self._keys = {key.property: key.name for key in keys}
        self._base = whole.base
        self._store = ox.Store()
        for path in whole.paths:
            self._store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)

    def write(self, interview: str) -> dict[str, str]:
        """Return claim IRI → sentence for the claims of an interview (its id)."""
        return {s.iri: write_statement(s, self._keys) for s in read_statements(self._store, self._base, interview)}

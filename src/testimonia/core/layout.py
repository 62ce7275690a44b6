"""The paths of a data set; only this module knows the names of folders and files.

A *data set* is a folder with records, registries and a lock; its *model* (ontology, context, kinds, shapes) is the
project's own, or the copy inside the installed package.
"""

from dataclasses import dataclass
from pathlib import Path

MANIFEST = "MANIFEST.json"
"""The file of a graph folder that lists its files with digests and counts."""

_PACKAGE = Path(__file__).resolve().parents[1]


def find_model_root() -> Path:
    """Return the folder that holds ontology/, mappings/ and shapes/: the installed copy, else the checkout's root."""
    packaged = _PACKAGE / "project"
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one data set (`root`) under one model (`model`)."""

    root: Path
    model: Path

    # the model: what everything means
    @property
    def ontology(self) -> Path:
        """Classes and properties (Turtle)."""
        return self.model / "ontology" / "testimonia.ttl"

    @property
    def ontology_files(self) -> list[Path]:
        """What a reasoner reads: classes and properties, what they use of others, axioms, alignments (Turtle)."""
        names = ("imports", "axioms", "alignments")
        return [self.ontology, *(self.ontology.with_name(f"{name}.ttl") for name in names)]

    @property
    def terms(self) -> Path:
        """Folder of concept schemes, one Turtle file each."""
        return self.model / "ontology" / "terms"

    @property
    def shapes(self) -> Path:
        """Folder of SHACL shapes, one Turtle file per class."""
        return self.model / "shapes"

    @property
    def context(self) -> Path:
        """What the keys of a record become (JSON-LD context)."""
        return self.model / "mappings" / "context.jsonld"

    @property
    def kinds(self) -> Path:
        """Which key fixes which class and modality (YAML)."""
        return self.model / "mappings" / "kinds.yaml"

    @property
    def views(self) -> Path:
        """Folder of views: the graph in another form (SPARQL CONSTRUCT with a header)."""
        return self.model / "queries" / "views"

    @property
    def checks(self) -> Path:
        """Folder of violation queries: what the graph as a whole must not hold (SPARQL SELECT with a header)."""
        return self.model / "queries" / "checks"

    # the data set: what was said
    @property
    def dataset(self) -> Path:
        """Base IRI, title, licence, version of the data (YAML)."""
        return self.root / "mappings" / "dataset.yaml"

    @property
    def records(self) -> Path:
        """Folder of records, one YAML file per interview."""
        return self.root / "mappings" / "interviews"

    @property
    def entities(self) -> Path:
        """Folder of registries (YAML)."""
        return self.root / "mappings" / "entities"

    @property
    def links(self) -> Path:
        """Folder of links to other data sets (SSSOM, `NAME.sssom.tsv`)."""
        return self.root / "mappings" / "links"

    @property
    def lock(self) -> Path:
        """Where every passage was found: machine-made, committed."""
        return self.root / "mappings" / "passages.lock.json"

    @property
    def withdrawn(self) -> Path:
        """Ids that were withdrawn and are never used again (YAML)."""
        return self.root / "mappings" / "withdrawn.yaml"

    @property
    def keyed_lock(self) -> Path:
        """Of a private folder: where its passages were found, with keyed digests."""
        return self.root / "mappings" / "passages.keyed.json"

    @property
    def key(self) -> Path:
        """Of a private folder: the key of its digests (hexadecimal)."""
        return self.root / "digest.key"

    @property
    def schema(self) -> Path:
        """JSON Schema of a record, for editors: machine-made, committed."""
        return self.root / "mappings" / "record.schema.json"

    @property
    def graph(self) -> Path:
        """Folder of the built graph: machine-made, committed."""
        return self.root / "graph"

    @property
    def state(self) -> Path:
        """Folder of what validation keeps between runs: never committed."""
        return self.root / ".testimonia"

    @property
    def workspace(self) -> Path:
        """Folder of the data of others that are merged with ours: never committed."""
        return self.root / "workspace"

    @property
    def questions(self) -> Path:
        """Folder of saved questions (SPARQL with a header)."""
        return self.root / "queries" / "questions"

    @property
    def tags(self) -> Path:
        """The tags that saved questions may have (YAML): the data set's own list, else the model's."""
        own = self.root / "queries" / "tags.yaml"
        return own if own.is_file() else self.model / "queries" / "tags.yaml"

    @property
    def topics(self) -> Path:
        """What can be compared between sources, and how (YAML): the data set's own list, else the model's."""
        own = self.root / "mappings" / "topics.yaml"
        return own if own.is_file() else self.model / "mappings" / "topics.yaml"

    @property
    def answers(self) -> Path:
        """Folder of expected answers (CSV): machine-made, committed."""
        return self.root / "queries" / "answers"

    @property
    def untouched(self) -> Path:
        """What the data use and no question touches (CSV): machine-made, committed."""
        return self.root / "queries" / "untouched.csv"

    @property
    def docs(self) -> Path:
        """Folder of guides and of the generated reference (Markdown, SVG)."""
        return self.root / "docs"

    @property
    def examples(self) -> Path:
        """Folder of invented interviews, each a data set of its own with its texts."""
        return self.root / "examples"

    def name(self, path: Path) -> str:
        """Return a path as it is printed in messages: relative to the data set or the model where it lies inside."""
        for root in (self.root, self.model):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.as_posix()

    @property
    def missing(self) -> list[Path]:
        """The required files of model and data set that are not there."""
        needed = (self.ontology, self.terms, self.shapes, self.context, self.kinds, self.dataset, self.records)
        return [path for path in needed if not path.exists()]


def find_layout(start: Path, *, model: Path | None = None) -> Layout:
    """Return the layout of the data set that `start` lies in: the nearest folder above with `mappings/dataset.yaml`.

    Where there is none, `start` itself is taken, so that the error can name what is missing there.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "mappings" / "dataset.yaml").is_file():
            return Layout(folder, model or find_model_root())
    return Layout(start, model or find_model_root())

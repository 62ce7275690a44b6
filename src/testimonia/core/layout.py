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


class _Place:
    """A path below one of the two roots of a layout."""

    def __init__(self, root: str, path: str) -> None:
        self.root, self.path = root, path

    def __get__(self, layout: "Layout", _: type) -> Path:
        """Return the path in this layout."""
        root: Path = getattr(layout, self.root)
        return root / self.path


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one data set (`root`) under one model (`model`)."""

    root: Path
    model: Path

    # the model: what everything means
    ontology = _Place("model", "ontology/testimonia.ttl")
    """Classes and properties (Turtle)."""

    @property
    def ontology_files(self) -> list[Path]:
        """What a reasoner reads: classes and properties, what they use of others, axioms, alignments (Turtle)."""
        names = ("imports", "axioms", "alignments")
        return [self.ontology, *(self.ontology.with_name(f"{name}.ttl") for name in names)]

    terms = _Place("model", "ontology/terms")
    """Folder of concept schemes, one Turtle file each."""
    shapes = _Place("model", "shapes")
    """Folder of SHACL shapes, one Turtle file per class."""
    context = _Place("model", "mappings/context.jsonld")
    """What the keys of a record become (JSON-LD context)."""
    kinds = _Place("model", "mappings/kinds.yaml")
    """Which key fixes which class and modality (YAML)."""
    views = _Place("model", "queries/views")
    """Folder of views: the graph in another form (SPARQL CONSTRUCT with a header)."""
    checks = _Place("model", "queries/checks")
    """Folder of violation queries: what the graph as a whole must not hold (SPARQL SELECT with a header)."""

    # the data set: what was said
    dataset = _Place("root", "mappings/dataset.yaml")
    """Base IRI, title, licence, version of the data (YAML)."""
    records = _Place("root", "mappings/interviews")
    """Folder of records, one YAML file per interview."""
    entities = _Place("root", "mappings/entities")
    """Folder of registries (YAML)."""
    links = _Place("root", "mappings/links")
    """Folder of links to other data sets (SSSOM, `NAME.sssom.tsv`)."""
    lock = _Place("root", "mappings/passages.lock.json")
    """Where every passage was found: machine-made, committed."""
    withdrawn = _Place("root", "mappings/withdrawn.yaml")
    """Ids that were withdrawn and are never used again (YAML)."""
    keyed_lock = _Place("root", "mappings/passages.keyed.json")
    """Of a private folder: where its passages were found, with keyed digests."""
    key = _Place("root", "digest.key")
    """Of a private folder: the key of its digests (hexadecimal)."""
    schema = _Place("root", "mappings/record.schema.json")
    """JSON Schema of a record, for editors: machine-made, committed."""
    graph = _Place("root", "graph")
    """Folder of the built graph: machine-made, committed."""
    state = _Place("root", ".testimonia")
    """Folder of what validation keeps between runs: never committed."""
    workspace = _Place("root", "workspace")
    """Folder of the data of others that are merged with ours: never committed."""
    questions = _Place("root", "queries/questions")
    """Folder of saved questions (SPARQL with a header)."""

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

    answers = _Place("root", "queries/answers")
    """Folder of expected answers (CSV): machine-made, committed."""
    untouched = _Place("root", "queries/untouched.csv")
    """What the data use and no question touches (CSV): machine-made, committed."""
    docs = _Place("root", "docs")
    """Folder of guides and of the generated reference (Markdown, SVG)."""
    examples = _Place("root", "examples")
    """Folder of invented interviews, each a data set of its own with its texts."""

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

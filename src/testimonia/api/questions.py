"""The saved questions of a data set as Python callables with named parameters."""

from collections.abc import Iterator
from functools import cached_property, partial
from inspect import Parameter, Signature
from keyword import iskeyword

from testimonia.api.rows import Rows
from testimonia.api.values import Given, write_given
from testimonia.core.answer import QueryEngine
from testimonia.core.errors import QueryError
from testimonia.core.layout import Layout
from testimonia.questions.asking import ask_question, bind_question
from testimonia.questions.evidence import ask_with_evidence
from testimonia.questions.question import Question
from testimonia.questions.reading import read_question
from testimonia.rdf.short_names import Naming


class SavedQuestion:
    """A saved question of an open graph: call it with its parameters to get its rows.

    It is described by `summary`, `description`, `tags`, `columns` (name → meaning) and `parameters` (name → meaning);
    `help()` and a notebook's `?` show these with its signature.
    """

    def __init__(self, question: Question, naming: Naming, run: QueryEngine) -> None:
        self.question = question
        self._naming = naming
        self._run = run
        self.slug = question.slug
        self.summary = question.summary
        self.description = question.description
        self.tags = question.tags
        self.columns = dict(question.columns)
        self.parameters = {name: parameter.description for name, parameter in question.parameters.items()}
        self.__doc__ = _describe(question)
        self.__signature__ = _sign(question)

    def __call__(self, **parameters: Given) -> Rows:
        """Ask the question and return its rows; parameters left out have their defaults.

        Values are names (`country="cuba"`), IRIs, texts, numbers or dates. A parameter named like a Python keyword gets
        an underscore (`from_=`). QueryError lists every unknown, missing and ill-typed one.
        """
        given = self.question, _write(parameters), self._naming, self._run
        name = "".join(word.capitalize() for word in self.slug.split("-"))
        find_evidence = partial(ask_with_evidence, *given)
        lists = self.question.lists
        return Rows(ask_question(*given), self._naming, name=name, lists=lists, find_evidence=find_evidence)

    def sparql(self, **parameters: Given) -> str:
        """Return its query with the parameters bound, as it is sent to an engine."""
        return bind_question(self.question, _write(parameters), self._naming)

    def __repr__(self) -> str:
        return f"<{self.slug}{self.__signature__}: {self.summary}>"


class Questions:
    """The saved questions of an open graph: `graph.questions.what_happened`, or `graph.questions["what-happened"]`.

    Iterates over their slugs in alphabetical order.
    """

    def __init__(self, layout: Layout, naming: Naming, run: QueryEngine) -> None:
        self._layout = layout
        self._naming = naming
        self._run = run
        self._read: dict[str, SavedQuestion] = {}

    def __getitem__(self, slug: str) -> SavedQuestion:
        """Return a question by its slug.

        QueryError names the nearest slug when there is none, InputError lists what is wrong with its file.
        """
        if slug not in self._read:
            self._read[slug] = SavedQuestion(read_question(self._layout, slug), self._naming, self._run)
        return self._read[slug]

    def __getattr__(self, name: str) -> SavedQuestion:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name.replace("_", "-")]
        except QueryError as error:
            raise AttributeError(str(error), name=name, obj=self) from error

    @cached_property
    def _slugs(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._layout.questions.glob("*.rq")))

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)

    def __contains__(self, slug: object) -> bool:
        return slug in self._slugs

    def __dir__(self) -> list[str]:
        return [slug.replace("-", "_") for slug in self._slugs]

    def __repr__(self) -> str:
        return f"<{len(self)} questions: {', '.join(self)}>"


def _write(parameters: dict[str, Given]) -> dict[str, str]:
    """Return parameter name in the question → text of the given value."""
    given = {name.removesuffix("_"): value for name, value in parameters.items() if value is not None}
    return {name: write_given(name, value) for name, value in given.items()}


def _sign(question: Question) -> Signature:
    """Return the signature of a question: keyword-only parameters with their defaults."""
    signed = []
    for name, parameter in question.parameters.items():
        default = Parameter.empty if parameter.default is None else parameter.default
        word = f"{name}_" if iskeyword(name) else name
        signed.append(Parameter(word, Parameter.KEYWORD_ONLY, default=default))
    return Signature(signed)


def _describe(question: Question) -> str:
    """Return the docstring of a question: summary, description, parameters, columns."""
    lines = [question.summary, "", question.description]
    if question.parameters:
        lines += ["", "Parameters:"]
    for name, parameter in question.parameters.items():
        lines.append(f"    {name}: {parameter.description} (for example {parameter.usual})")
    if question.columns:
        lines += ["", "Columns:"]
    lines += [f"    {name}: {meaning}" for name, meaning in question.columns.items()]
    return "\n".join(lines)

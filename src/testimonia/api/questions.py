"""The saved questions of a data set as calls with their parameters."""

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

    `summary`, `description`, `tags`, `columns` (name → meaning) and `parameters` (name → meaning) say what it is;
    `help()` and `?` of a notebook show them with its signature.
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
        """Return its rows; parameters left out have their defaults.

        Values are names (`country="cuba"`), IRIs, texts, numbers or dates. One whose name is a word of Python has an
        underscore behind it (`from_=`). QueryError lists every unknown, missing and ill-typed one.
        """
        given = self.question, _write(parameters), self._naming, self._run
        name = "".join(word.capitalize() for word in self.slug.split("-"))
        find_evidence = partial(ask_with_evidence, *given)
        lists = self.question.lists
        return Rows(ask_question(*given), self._naming, name=name, lists=lists, find_evidence=find_evidence)

    def sparql(self, **parameters: Given) -> str:
        """Return the text of its query with the parameters bound, as it is sent to an engine."""
        return bind_question(self.question, _write(parameters), self._naming)

    def __repr__(self) -> str:
        return f"<{self.slug}{self.__signature__}: {self.summary}>"


class Questions:
    """The saved questions of an open graph: `graph.questions.what_happened`, or `graph.questions["what-happened"]`.

    Goes through their slugs in alphabetical order.
    """

    def __init__(self, layout: Layout, naming: Naming, run: QueryEngine) -> None:
        self._layout = layout
        self._naming = naming
        self._run = run
        self._read: dict[str, SavedQuestion] = {}

    def __getitem__(self, slug: str) -> SavedQuestion:
        """Return a question; QueryError names the nearest one when there is none, InputError what is wrong with it."""
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
    """Return the texts of the values given, by the names that the questions have for them."""
    given = {name.removesuffix("_"): value for name, value in parameters.items() if value is not None}
    return {name: write_given(name, value) for name, value in given.items()}


def _sign(question: Question) -> Signature:
    """Return the signature that a question has: keyword-only parameters with their defaults."""
    signed = []
    for name, parameter in question.parameters.items():
        default = Parameter.empty if parameter.default is None else parameter.default
        word = f"{name}_" if iskeyword(name) else name
        signed.append(Parameter(word, Parameter.KEYWORD_ONLY, default=default))
    return Signature(signed)


def _describe(question: Question) -> str:
    """Return what a question is, its parameters and its columns, as a docstring."""
    parts = [question.summary, question.description]
    for title, meanings in (
        ("Parameters", {n: f"{p.description} (for example {p.usual})" for n, p in question.parameters.items()}),
        ("Columns", question.columns),
    ):
        if meanings:
            parts.append("\n".join([f"{title}:", *(f"    {name}: {meaning}" for name, meaning in meanings.items())]))
    return "\n\n".join(parts)

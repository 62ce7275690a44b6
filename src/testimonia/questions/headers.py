"""Reading the header of a saved question: columns, parameters, evidence, chart."""

from collections.abc import Collection, Iterable

from testimonia.core.errors import find_nearest
from testimonia.core.iris import SLUG
from testimonia.core.record import Position
from testimonia.core.yaml_tree import Block
from testimonia.questions.question import Chart, ChartKind, QuestionParameter
from testimonia.rdf.short_names import SPACES
from testimonia.sparql.evidence import find_evidence_problem
from testimonia.sparql.forms import QueryForm
from testimonia.sparql.parameters import Parameter, ParameterType
from testimonia.sparql.saved_query import SavedQueryReader

_PARAMETER_KEYS = ("description", "default", "example", "in", "object-of")
_TOLD_APART = "modality"
"""The column that separates what happened from what is threatened, feared or asked for."""
_CHART_KEYS = {
    ChartKind.BAR: (("label",), ("value", "series")),
    ChartKind.TIMELINE: (("day", "label"), ("written", "series")),
    ChartKind.MAP: (("country",), ("value",)),
}
"""Kind of chart → its required keys, and its optional ones; their values are columns."""


class QuestionReader(SavedQueryReader):
    """Reads the header of a question."""

    def read_columns(self, tree: Block, form: QueryForm | None) -> dict[str, str]:
        """Return column → meaning in the order of the projection; header and query must have the same columns."""
        block = self.read_block(tree, "columns")
        if block is None:
            if "columns" not in tree.entries:
                self.report(tree, "key-missing", found='no "columns"', fix="Add it to the header")
            return {}
        found = {key.text: self.read_text(block, key.text) for key, _ in block}
        if form is None:
            return found
        for variable in form.variables:
            if variable not in found:
                self.report(
                    block,
                    "not-explained",
                    found=f"the query's column ?{variable} is not explained",
                    fix="Add it to columns",
                )
        for key, _ in block:
            if key.text not in form.variables:
                fix = find_nearest(key.text, form.variables) or "Remove it"
                self.report(key, "unknown-column", found=f'the query has no column "{key.text}"', fix=fix)
        return {variable: found.get(variable, "") for variable in form.variables}

    def read_parameters(self, tree: Block, parameters: dict[str, Parameter]) -> dict[str, QuestionParameter]:
        """Return the parameters of the query with their description in the header."""
        block = self.read_block(tree, "parameters")
        found: dict[str, QuestionParameter] = {}
        for key, value in block or ():
            if key.text not in parameters:
                fix = find_nearest(key.text, parameters) or "Remove it"
                self.report(key, "unknown-parameter", found=f'the query has no parameter "{key.text}"', fix=fix)
            elif not isinstance(value, Block):
                self.report(
                    value, "not-a-mapping", found=f'"{key.text}" is no mapping', expected=", ".join(_PARAMETER_KEYS)
                )
            else:
                found[key.text] = self.read_parameter(value, parameters[key.text])
        for name, parameter in parameters.items():
            if block is None or name not in block.entries:
                where = Position(self.path, parameter.line, parameter.column)
                self.report(
                    where,
                    "not-explained",
                    found=f'parameter "{name}" is not explained',
                    fix="Add it to parameters in the header",
                )
        return {name: found[name] for name in parameters if name in found}

    def read_parameter(self, block: Block, parameter: Parameter) -> QuestionParameter:
        """Return a parameter with its description in the header."""
        self.check_keys(block, _PARAMETER_KEYS)
        if ("default" in block.entries) == ("example" in block.entries):
            self.report(
                block,
                "parameter-form",
                found="a default and an example, or neither",
                fix="Keep or add one",
                expected="one of the two",
            )
        space = self.read_text(block, "in", needed=False)
        known = space in SPACES or (space.startswith("term/") and SLUG.fullmatch(space.removeprefix("term/")))
        if space and not (known and parameter.type is ParameterType.IRI):
            expected = f"one of {', '.join(SPACES)}, term/<scheme>, for a parameter of type iri"
            self.report(block.entries["in"], "parameter-form", found=f'in: "{space}"', expected=expected)
        return QuestionParameter(
            parameter,
            self.read_text(block, "description"),
            self.read_text(block, "default", needed=False) if "default" in block.entries else None,
            self.read_text(block, "example", needed=False),
            space,
            self.read_text(block, "object-of", needed=False),
        )

    def read_tags(self, tree: Block, known: Collection[str]) -> tuple[str, ...]:
        """Return the tags; each must be in the data set's list of tags."""
        tags = self.read_list(tree, "tags", needed=True)
        for tag in tags:
            if tag.text not in known:
                fix = find_nearest(tag.text, known) or f"There are: {', '.join(known)}"
                self.report(tag, "unknown-tag", found=f'unknown tag "{tag.text}"', fix=fix)
        return tuple(tag.text for tag in tags)

    def read_evidence(self, tree: Block, query: str) -> tuple[str, ...]:
        """Return the variables of the query that hold the claims behind a row."""
        words = self.read_list(tree, "evidence", needed=True)
        for word in words:
            if finding := find_evidence_problem(query, word.text):
                fix = "Name a variable that holds the claims"
                self.report(word, "evidence-form", found=finding, fix=fix)
        return tuple(word.text for word in words)

    def read_chart(self, tree: Block, columns: Collection[str]) -> Chart | None:
        """Return the chart that the header declares, if it declares one.

        A chart must separate modalities or show one of them: what is only feared may not look as if it had happened.
        """
        block = self.read_block(tree, "chart")
        if block is None:
            return None
        kind = self.read_text(block, "kind")
        if kind not in set(ChartKind):
            self.report(block, "chart-form", found=f'chart of kind "{kind}"', expected="one of " + ", ".join(ChartKind))
            return None
        required, optional = _CHART_KEYS[ChartKind(kind)]
        modality = (_TOLD_APART,) if _TOLD_APART in columns else ()
        self.check_keys(block, ("kind", *required, *optional, *modality))
        only = tuple(word.text for word in self.read_list(block, _TOLD_APART, needed=False))
        roles = self.read_roles(block, (*required, *filter(block.entries.__contains__, optional)), columns)
        if _TOLD_APART in columns and not only and _TOLD_APART not in roles.values():
            expected = f"series: {_TOLD_APART}, or {_TOLD_APART}: [occurred, habitual]"
            fix = "Tell what happened from what is only feared, or draw one of them"
            self.report(block, "chart-form", found="a chart that mixes modalities", expected=expected, fix=fix)
        return Chart(ChartKind(kind), roles, only)

    def read_roles(self, block: Block, keys: Iterable[str], columns: Collection[str]) -> dict[str, str]:
        """Return role → column of a chart, and report unknown columns."""
        roles = {key: self.read_text(block, key) for key in keys}
        for key, name in roles.items():
            if name and name not in columns and (key, name) != ("series", _TOLD_APART):
                fix = find_nearest(name, columns) or f"There are: {', '.join(columns)}"
                self.report(block.entries[key], "unknown-column", found=f'no column "{name}"', fix=fix)
        return roles

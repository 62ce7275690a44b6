"""Problems: what is wrong in curated files in, the same as findings out, as every other layer has them."""

from collections.abc import Iterable

from testimonia.core.codes import read_codes
from testimonia.core.errors import Problem
from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.core.record import Position

RULE = "curated-file"
"""What a problem without a code of its own goes by."""


def find_problem_layer(problem: Problem) -> Layer:
    """Return the layer that a problem belongs to: that of its code in the catalogue.

    >>> find_problem_layer(Problem("x.yaml", 3, 1, "", "no cue", code="cue-missing")).value
    'evidence'
    """
    code = read_codes().get(problem.code)
    return code.layer if code else Layer.RECORDS


def convert_problems(problems: Iterable[Problem]) -> list[Finding]:
    """Return each problem as a finding with its place, in the order of files and lines.

    >>> got = 'date "1987-13" is not EDTF'
    >>> problem = Problem("mappings/interviews/x.yaml", 37, 5, "claim 3", got, "YYYY", code="not-edtf")
    >>> [(f.message, f.place.line, f.rule) for f in convert_problems([problem])]
    [('claim 3: date "1987-13" is not EDTF; expected YYYY', 37, 'not-edtf')]
    """
    return [_convert(problem) for problem in sorted(problems)]


def _convert(problem: Problem) -> Finding:
    got = f"{problem.record}: {problem.got}" if problem.record else problem.got
    return Finding(
        focus="",
        path="",
        rule=problem.code or RULE,
        component="",
        value="",
        severity="Violation",
        message=f"{got}; expected {problem.expected}" if problem.expected else got,
        layer=find_problem_layer(problem),
        mend=problem.mend,
        place=Position(problem.path, problem.line, problem.column),
    )

"""Faults: what is wrong with one table, place by place, bounded however large the table is."""

from dataclasses import dataclass, field

from testimonia.core.errors import InputError, Problem

MOST = 200
"""How many problems of one table are told one by one."""


@dataclass(slots=True)
class Faults:
    """The problems of one table; `further` counts those beyond `MOST`.

    >>> faults = Faults("x.csv")
    >>> faults.report(3, 2, "3 cells", "2, as in the header", code="table-row")
    >>> print(faults.problems[0], faults.count)
    x.csv:3:2: 3 cells; expected 2, as in the header. [table-row] 1
    """

    name: str
    problems: list[Problem] = field(default_factory=list)
    further: int = 0

    @property
    def count(self) -> int:
        """How many there are by now."""
        return len(self.problems) + self.further

    def report(  # noqa: PLR0913
        self, line: int, column: int, got: str, expected: str = "", mend: str = "", *, code: str, header: str = ""
    ) -> None:
        """Note a problem: its line and column (of the table, from 1), and the name of the column where there is one."""
        if len(self.problems) < MOST:
            record = f"column {header}" if header else ""
            self.problems.append(Problem(self.name, line, column, record, got, expected, mend, code=code))
        else:
            self.further += 1

    def raise_any(self) -> None:
        """Raise InputError when there are any."""
        if self.further:
            got = f"{self.further:,} further problems of the same table"
            self.problems.append(Problem(self.name, 0, 0, "", got, "", "Mend these first", code="table-row"))
        if self.problems:
            raise InputError(self.problems)

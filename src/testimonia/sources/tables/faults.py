"""Findings on one table, limited in number however large the table is."""

from dataclasses import dataclass, field
from typing import Unpack

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding, Wording
from testimonia.core.record import Position

MOST = 200
"""How many findings on one table are listed."""


@dataclass(slots=True)
class Faults:
    """The findings on one table; `further` counts those beyond `MOST`.

    >>> faults = Faults("x.csv")
    >>> faults.report((3, 2), "table-row", found="3 cells", expected="2, as in the header")
    >>> print(faults.findings[0], faults.count)
    x.csv:3:2: 3 cells; expected 2, as in the header. [table-row] 1
    """

    name: str
    findings: list[Finding] = field(default_factory=list)
    further: int = 0

    @property
    def count(self) -> int:
        """How many there are so far."""
        return len(self.findings) + self.further

    def report(self, at: tuple[int, int], rule: str, *, header: str = "", **wording: Unpack[Wording]) -> None:
        """Note a fault at a line and column of the table, from 1; `header` names the column where there is one."""
        if len(self.findings) < MOST:
            if header:
                wording["record"] = f"column {header}"
            self.findings.append(Finding.at(Position(self.name, *at), rule, **wording))
        else:
            self.further += 1

    def raise_any(self) -> None:
        """Raise InputError when there are any."""
        if self.further:
            found = f"{self.further:,} further problems of the same table"
            self.findings.append(Finding.at(self.name, "table-row", found=found, fix="Correct these first"))
        if self.findings:
            raise InputError(self.findings)

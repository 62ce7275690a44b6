"""What to do about a finding, where the rule itself does not say it.

The message of a shape says first what is wanted, then what to do; where it says the first alone, and for findings of
other rules without a mend, the mend follows from the constraint and the key that writes the path.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from testimonia.core.findings import SHAPES, Finding, find_first_property, shorten_rule
from testimonia.core.layers import Layer

_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_BY_COMPONENT = {
    "MinCountConstraintComponent": "Write {key} for it.",
    "QualifiedMinCountConstraintComponent": "Write {key} for it.",
    "MaxCountConstraintComponent": "Keep one value behind {key} and remove the others.",
    "QualifiedMaxCountConstraintComponent": "Keep one value behind {key} and remove the others.",
    "UniqueLangConstraintComponent": "Keep one value behind {key} and remove the others.",
    "ClosedConstraintComponent": "Remove {key}.",
    "DatatypeConstraintComponent": "Correct the form of what stands behind {key}.",
    "NodeKindConstraintComponent": "Correct the form of what stands behind {key}.",
    "PatternConstraintComponent": "Correct the form of what stands behind {key}.",
}


def split_message(message: str) -> tuple[str, str]:
    """Return what is wanted and what to do: the first sentence, and the others ("" where there is one sentence).

    >>> split_message("A figure has one unit. Write it after the number, or add it there.")
    ('A figure has one unit.', 'Write it after the number, or add it there.')
    >>> split_message("The claims about a threat have the modality threatened.")
    ('The claims about a threat have the modality threatened.', '')
    """
    wanted, *others = _SENTENCES.split(message, maxsplit=1)
    return wanted, "".join(others)


def add_fix(finding: Finding, keys: Mapping[str, str]) -> Finding:
    """Return a finding with a mend; one that has a mend already, or no rule, stays as it is.

    `keys` says which key of a record writes which property (IRI).
    """
    if finding.fix or not finding.rule:
        return finding
    message, fix = split_message(finding.found) if finding.rule.startswith(SHAPES) else (finding.found, "")
    return replace(finding, found=message, fix=fix or _find_fix(finding, keys))


def _find_fix(finding: Finding, keys: Mapping[str, str]) -> str:
    key = keys.get(find_first_property(finding.path), "")
    if key and not finding.path.startswith("^"):
        return _BY_COMPONENT.get(finding.component, "Correct what stands behind {key}.").format(key=f"{key}:")
    if not finding.rule.startswith(SHAPES) and finding.layer is Layer.SHACL:
        return ""  # a shape of somebody else
    return f"To see what is wanted, with examples, run: testimonia explain {shorten_rule(finding.rule)}."

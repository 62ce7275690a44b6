"""How the person who judges is named in a file of links: by ORCID iD or another IRI."""

import re

from testimonia.core.errors import InputError
from testimonia.linking.drafts import write_curie

_ORCID = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]", re.ASCII)


def name_reviewer(text: str, prefixes: dict[str, str]) -> str:
    """Return the CURIE of a reviewer; InputError when it is neither a CURIE with a known prefix nor an https IRI."""
    if text.startswith("orcid:"):
        if not is_orcid(text.removeprefix("orcid:")):
            found, expected = (
                f'"{text}" is no ORCID iD',
                "one such as orcid:0000-0001-2345-6789, whose last character fits",
            )
            raise InputError.at("command line", "reviewer-form", record="--reviewer", found=found, expected=expected)
        prefixes.setdefault("orcid", "https://orcid.org/")
    if text.partition(":")[0] in prefixes and text.partition(":")[2]:
        return text
    if text.startswith(("https://", "http://")) and not set(text) & set(' <>"{}|\\^`'):
        return write_curie(text, prefixes)
    known = ", ".join(f"{prefix}:…" for prefix in ("orcid", *prefixes))
    found, expected = f'"{text}" names nobody', f"{known} or an https IRI"
    raise InputError.at("command line", "reviewer-form", record="--reviewer", found=found, expected=expected)


def is_orcid(text: str) -> bool:
    """Tell whether a text is an ORCID iD: sixteen characters, the last of which fits the others (ISO 7064, MOD 11-2).

    >>> is_orcid("0000-0001-2345-6789"), is_orcid("0000-0001-2345-6780"), is_orcid("me")
    (True, False, False)
    """
    if not _ORCID.fullmatch(text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return text[-1] == "0123456789X"[(12 - total % 11) % 11]

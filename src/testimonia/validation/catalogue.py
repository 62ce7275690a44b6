"""The page of the documentation that lists the violation queries."""

from collections.abc import Iterable

from testimonia.validation.queries import SUFFIX, ViolationQuery

_HEAD = """# Checks of the graph as a whole

<!-- Made by `testimonia generated` from queries/checks/. Edit the headers there. -->

A shape looks at a node and its neighbours. These rules look at several claims, interviews or files together: each is a
SPARQL query in `queries/checks/`, and every row that it gives is a finding. A **violation** is certainly wrong, a
**warning** very likely. All of them are silent on the graph of this repository and on its examples.

To add one, write `queries/checks/<rule>-violation.rq` with a header like the others': what it asks (`summary`), why
that is wrong (`description`), `severity`, `message`, `mend`. The query selects `?focus`, perhaps `?path` and `?value`;
any other column is put into the message where it says `{?column}`. Give it a case that it must find and one that it
must not, `tests/cases/checks/<rule>/bad.ttl` and `good.ttl`, then run `make generated` and `make test`.
"""


def write_catalogue(checks: Iterable[ViolationQuery]) -> str:
    """Return the page (Markdown): a table of all checks, then why each and how to mend what it finds.

    >>> query = ViolationQuery("any", "Is it?", "Because.", "Info", "It is.", "Mend it", "SELECT ?focus {}")
    >>> page = write_catalogue([query])
    >>> print(page[page.index("| ["):])
    | [any](#any) | Info | Is it? |
    <BLANKLINE>
    ## any
    <BLANKLINE>
    Is it? *Info* · [query](../queries/checks/any-violation.rq)
    <BLANKLINE>
    Because.
    <BLANKLINE>
    To mend: mend it.
    <BLANKLINE>
    """
    listed = sorted(checks, key=lambda check: check.slug)
    rows = "".join(f"| [{c.slug}](#{c.slug}) | {c.severity} | {c.summary} |\n" for c in listed)
    table = f"| rule | severity | question |\n|---|---|---|\n{rows}"
    return "\n".join([_HEAD, table, *map(_write_check, listed)])


def _write_check(check: ViolationQuery) -> str:
    query = f"[query](../queries/checks/{check.slug}{SUFFIX}.rq)"
    fix = check.fix[0].lower() + check.fix[1:]
    fix = fix if fix.endswith(":") else f"{fix}."
    first = f"## {check.slug}\n\n{check.summary} *{check.severity}* · {query}"
    return f"{first}\n\n{check.description}\n\nTo mend: {fix}\n"

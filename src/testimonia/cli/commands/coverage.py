"""The command coverage: what of the texts no claim carries and no reason explains."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import PrivateOption, ProjectOption, TextsOption, get_layout, get_texts_folder
from testimonia.cli.output import out, print_line

if TYPE_CHECKING:
    from testimonia.drafting.coverage.accounts import CoverageAccount
    from testimonia.drafting.coverage.interviews import Covered
    from testimonia.privacy.exposure import WithheldNames

_PERCENT = "How many percent of an interview must be accounted for, for the exit code to be 0."


@app.command("coverage", rich_help_panel=HelpGroup.CURATE)
def show_coverage(  # noqa: PLR0913, PLR0917 - one parameter for each option
    interviews: Annotated[
        list[str] | None, typer.Argument(metavar="[INTERVIEW]...", help="Ids of records; by default all.")
    ] = None,
    show_text: Annotated[bool, typer.Option("--show-text", help="Show the words of what is open.")] = False,
    fail_under: Annotated[
        float, typer.Option("--fail-under", metavar="PERCENT", min=0, max=100, help=_PERCENT)
    ] = 100.0,
    texts: TextsOption = None,
    private: PrivateOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Count what claims carry or reasons explain, and list what is open: exit 0 nothing, 1 something."""
    from testimonia.core.errors import InputError
    from testimonia.dataset.private import keep_private
    from testimonia.dataset.project import read_project
    from testimonia.drafting.coverage.interviews import cover_interviews, join_records
    from testimonia.texts.reading import read_texts

    folder, layout = get_texts_folder(texts), get_layout(project)
    with keep_private(layout, private):
        found = read_project(layout, private=private)
        guard, joined = found.curated.guard, join_records(found.curated.records, found.private)
        try:
            named = tuple(interviews or ())
            covered = cover_interviews(joined, found.vocabulary, read_texts(folder), named, public=found.records)
        except InputError as error:
            raise InputError(guard.redact(list(error.findings)), error.findings) from None
    out.print(tabulate([c.account for c in covered]))
    for one in covered:
        print_open(one, guard.names, show_text=show_text)
    if any(c.account.open and c.account.share < fail_under for c in covered):
        raise typer.Exit(1)


def tabulate(accounts: "list[CoverageAccount]") -> Table:
    """Return the table of counts, to be read at 80 columns."""
    from testimonia.drafting.coverage.accounts import ItemKind, Standing

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("interview", ""):
        table.add_column(name, overflow="fold")
    for name in ("with claim", "with reason", "open", "of"):
        table.add_column(name, justify="right", no_wrap=True)
    for account in accounts:
        for kind in ItemKind:
            counts = [account.count(kind, standing) for standing in Standing]
            label = account.interview if kind is ItemKind.SENTENCE else ""
            table.add_row(Text(label), f"{kind}s", *map(str, counts), str(sum(counts)))
    return table


def print_open(covered: "Covered", names: "WithheldNames", *, show_text: bool) -> None:
    """Print what is open of one interview: place, what it is, and the cue of its sentence ready to copy.

    Of sentences that something withheld tells of, or that hold one of the withheld `names`, only the place is printed.
    """
    from testimonia.drafting.coverage.accounts import ItemKind
    from testimonia.drafting.passages import format_stub

    account, text = covered.account, covered.text
    for number, group in groupby(account.open, key=lambda item: item.sentence):
        sentence, items = covered.sentences[number], list(group)
        stubs = list(format_stub(sentence))
        said = " ".join(text[sentence.start : sentence.end].split())
        shown = number not in covered.closed and not names.occur_in("\n".join((said, *stubs)))
        whole = "sentence, " if items[0].kind is ItemKind.SENTENCE else ""
        place = f"{covered.source}:{sentence.line} {sentence.start}–{sentence.end} {sentence.speaker.voice}"
        mentions = []
        for item in items:
            words = f" “{' '.join(text[item.start : item.end].split())}”" if show_text and shown else ""
            if item.kind is not ItemKind.SENTENCE:
                mentions.append(f"{item.kind} {item.start}–{item.end}{words}")
        line = f"{place}: open: {whole}{', '.join(mentions)}".rstrip(", ")
        print_line(line)
        if show_text and shown:
            print_line(f"  {said}", style="italic")
        for stub in stubs if shown else ():
            print_line(f"  {stub}")
    state = f"{len(account.open)} open, {account.share:.1f} % accounted for" if account.open else "all accounted for"
    print_line(f"{account.interview}: {state}")

"""The command that takes something out for good: withdraw."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import PrivateOption, ProjectOption, app, get_layout, out
from testimonia.core.errors import InputError, Problem


@app.command("withdraw")
def withdraw_id(  # noqa: PLR0913, PLR0917 - one parameter for each option
    identity: Annotated[str, typer.Argument(metavar="ID", help="INTERVIEW/CLAIM, an entity's slug, or an interview.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day to write beside it; by default none.")] = "",
    claims: Annotated[
        bool, typer.Option("--claims", help="Of an entity: withdraw every claim that mentions it as well.")
    ] = False,
    erase: Annotated[
        bool, typer.Option("--erase", help="Leave no tombstone: remember the id in the private folder alone.")
    ] = False,
    private: PrivateOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Take a claim, an entity or an interview out of the records for good; a tombstone stays in the graph."""
    from testimonia.core.layout import Layout
    from testimonia.dataset.private import keep_private
    from testimonia.dataset.withdrawing import find_named, find_withdrawable, withdraw
    from testimonia.vocabulary.reading import read_vocabulary

    layout = get_layout(project)
    day = parse_option_day(on, "--on")
    apart = Layout(private, layout.model) if private else None
    if erase and apart is None:
        got = "--erase remembers the id in the private folder, and none was named"
        raise InputError([Problem("command line", 0, 0, "", got, "--private DIR", "", code="option-needed")])
    with keep_private(layout, private):
        vocabulary = read_vocabulary(layout)
        if apart is not None and find_withdrawable(apart, identity) and not find_withdrawable(layout, identity):
            result = withdraw(apart, vocabulary, identity, on=day, ledger=apart)
            left = "; some of it is to be removed by hand" if result.by_hand else ""
            out.print(f"withdrawn in the private folder{left}", markup=False, soft_wrap=True)
            return
        ledger = apart if erase and apart is not None else layout
        result = withdraw(layout, vocabulary, identity, on=day, ledger=ledger)
        if result.done_before:
            out.print("withdrawn before; nothing to do", markup=False, soft_wrap=True)
            return
        results = [result]
        mentioning = {m.partition(" ")[2] for m in result.mentions} - {""}
        if claims and result.name.startswith("entity/"):
            results += [withdraw(layout, vocabulary, c, on=day, ledger=ledger) for c in sorted(mentioning)]
            result.mentions = [m for m in result.mentions if not m.partition(" ")[2]]
        for one in results:
            tell("changed", one.changed)
            tell("remove by hand", one.by_hand)
            tell("still mentions it", one.mentions)
        tell("still names it", find_named(layout, result.names))
        if result.published is None:
            out.print("The public edition never had it: no tombstone is left.", markup=False)
        elif result.published == result.name and result.slug_tells and not erase:
            out.print("The id itself holds a part of the name, and so does its tombstone: see --erase.", markup=False)
        out.print("Now run: make generated. The history of the repository still holds it.", markup=False)


def parse_option_day(text: str, option: str) -> date | None:
    """Return the day behind an option, None where it is left out; InputError when it is no day."""
    from testimonia.core.visibility import parse_day

    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise InputError(
            [Problem("command line", 0, 0, option, f'"{text}" is no day', "YYYY-MM-DD", "", code="day-form")]
        ) from error


def tell(what: str, places: list[str]) -> None:
    """Print places, one a line."""
    for place in places:
        out.print(f"{what}: {place}", markup=False, soft_wrap=True)

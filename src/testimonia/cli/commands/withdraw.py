"""The command withdraw: a claim, an entity or an interview taken out for good."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import PrivateOption, ProjectOption, get_layout, parse_option_day
from testimonia.cli.output import print_line
from testimonia.core.errors import InputError
from testimonia.core.layout import Layout

if TYPE_CHECKING:
    from testimonia.dataset.withdrawing import Withdrawal
    from testimonia.vocabulary.reading import Vocabulary


@app.command("withdraw", rich_help_panel=HelpGroup.CURATE)
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
    from testimonia.dataset.private import keep_private
    from testimonia.dataset.withdrawing import find_withdrawable
    from testimonia.vocabulary.reading import read_vocabulary

    layout = get_layout(project)
    day = parse_option_day(on, "--on")
    apart = Layout(private, layout.model) if private else None
    if erase and apart is None:
        found = "--erase remembers the id in the private folder, and none was named"
        raise InputError.at("command line", "option-needed", found=found, expected="--private DIR")
    with keep_private(layout, private):
        vocabulary = read_vocabulary(layout)
        if apart is not None and find_withdrawable(apart, identity) and not find_withdrawable(layout, identity):
            withdraw_apart(apart, vocabulary, identity, day)
            return
        ledger = apart if erase and apart is not None else layout
        results = withdraw_mentions(layout, vocabulary, identity, day, ledger=ledger, claims=claims)
        if results[0].done_before:
            print_line("withdrawn before; nothing to do")
            return
        print_withdrawn(layout, results, erase=erase)


def withdraw_apart(apart: Layout, vocabulary: "Vocabulary", identity: str, day: date | None) -> None:
    """Withdraw what only the private folder has, and say no more of it than that."""
    from testimonia.dataset.withdrawing import withdraw

    result = withdraw(apart, vocabulary, identity, on=day, ledger=apart)
    left = "; some of it is to be removed by hand" if result.by_hand else ""
    print_line(f"withdrawn in the private folder{left}")


def withdraw_mentions(  # noqa: PLR0913  (one for each that the withdrawal itself takes)
    layout: Layout, vocabulary: "Vocabulary", identity: str, day: date | None, *, ledger: Layout, claims: bool
) -> "list[Withdrawal]":
    """Withdraw an id, and of an entity the claims that mention it where that is wanted; the id itself comes first."""
    from testimonia.dataset.withdrawing import withdraw

    result = withdraw(layout, vocabulary, identity, on=day, ledger=ledger)
    if not claims or not result.name.startswith("entity/"):
        return [result]
    mentioning = {mention.partition(" ")[2] for mention in result.mentions} - {""}
    result.mentions = [mention for mention in result.mentions if not mention.partition(" ")[2]]
    return [result, *(withdraw(layout, vocabulary, c, on=day, ledger=ledger) for c in sorted(mentioning))]


def print_withdrawn(layout: Layout, results: "list[Withdrawal]", *, erase: bool) -> None:
    """Print what was changed, what is left to do by hand, and what still names what was withdrawn."""
    from testimonia.dataset.withdrawing import find_named

    for one in results:
        print_places("changed", one.changed)
        print_places("remove by hand", one.by_hand)
        print_places("still mentions it", one.mentions)
    result = results[0]
    print_places("still names it", find_named(layout, result.names))
    if result.published is None:
        print_line("The public edition never had it: no tombstone is left.")
    elif result.published == result.name and result.slug_tells and not erase:
        print_line("The id itself holds a part of the name, and so does its tombstone: see --erase.")
    print_line("Now run: testimonia generated (or: make generated). The history of the repository still holds it.")


def print_places(what: str, places: list[str]) -> None:
    """Print places, one a line."""
    for place in places:
        print_line(f"{what}: {place}")

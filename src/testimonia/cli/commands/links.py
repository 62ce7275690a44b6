"""The commands links suggest and links review: which of our entities other data sets speak of."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import make_group
from testimonia.cli.extras import need_extra
from testimonia.cli.options import PlaceOption, ProjectOption, get_layout, parse_option_day
from testimonia.cli.output import out, print_error, print_line
from testimonia.core.errors import InputError
from testimonia.core.printable import make_printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from testimonia.linking.review import Judgement, Review
    from testimonia.linking.suggesting import Suggestion

links = make_group("links", "Find out which of our entities other data sets speak of.")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The data set, as it is called in the workspace.")]


@links.command()
def suggest(
    name: NameArgument,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Print no more than so many.")] = 50,
    workspace: PlaceOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Propose which of their entities are ours, each with a score and its reasons; nothing is decided."""
    with need_extra("merge"):
        from testimonia.linking.suggestions import find_unjudged

        found = find_unjudged(get_layout(project), name, workspace)
    for suggestion in found[:limit]:
        tell(suggestion)
    more = f"; {len(found) - limit} more are not shown (--limit)" if len(found) > limit else ""
    print_line(f"{len(found)} suggestions{more}")
    if found:
        print_line(f"Judge them: testimonia links review {name} --reviewer orcid:…")


@links.command()
def review(
    name: NameArgument,
    reviewer: Annotated[
        str, typer.Option("--reviewer", envvar="TESTIMONIA_REVIEWER", help="Who judges: orcid:… or an https IRI.")
    ],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day to write; by default today.")] = "",
    workspace: PlaceOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Judge one suggestion after the other: the same, not the same, unsure, or later; stop and go on at any time."""
    with need_extra("merge"):
        from testimonia.linking.review import begin_review
        from testimonia.linking.suggestions import find_suggestions

        layout = get_layout(project)
        suggestions = find_suggestions(layout, name, workspace)
    day = (parse_option_day(on, "--on") or date.today()).isoformat()

    def begin() -> "Review":
        """Read the file of links: somebody else may have judged, or mended a line, since it was read last."""
        return begin_review(layout, name, reviewer, day)

    done, left = judge_all(begin, suggestions, layout.links / f"{name}.sssom.tsv")
    told = f"{done} judged, {left} left"
    print_line(f"\n{told}; in {layout.name(layout.links)}/{name}.sssom.tsv")


def judge_all(begin: "Callable[[], Review]", suggestions: "list[Suggestion]", path: Path) -> tuple[int, int]:
    """Ask about one suggestion after the other and write each judgement at once; return how many are done and left."""
    from testimonia.core.atomic import write_file
    from testimonia.linking.review import Judgement
    from testimonia.linking.writing import format_links

    session, done = begin(), 0
    later: set[str] = set()
    while left := [s for s in session.find_open(suggestions) if f"{s.subject} {s.object}" not in later]:
        print_line(f"\n{len(left)} to judge")
        tell(left[0])
        answer = ask()
        if answer[0] is Judgement.STOP:
            break
        if answer[0] is Judgement.SKIP:
            later.add(f"{left[0].subject} {left[0].object}")
            continue
        session = begin()
        if findings := session.judge(left[0], *answer):
            print_error(InputError(findings))
            print_line("It contradicts what was judged before: judge otherwise, or s for later.")
            continue
        write_file(path, format_links(session.file).encode())
        done += 1
    return done, len(session.find_open(suggestions))


def ask() -> "tuple[Judgement, float]":
    """Ask until there is an answer; the end of the input is one: stop."""
    from testimonia.linking.review import Judgement, parse_answer

    while True:
        out.print("y the same, n not the same, u unsure, s later, q stop > ", end="")
        line = sys.stdin.readline()
        if not line:
            return Judgement.STOP, 1.0
        if answer := parse_answer(line):
            return answer
        print_line("One letter, perhaps with how sure you are: y 0.9")


def tell(suggestion: "Suggestion") -> None:
    """Print both sides of a suggestion with its score and reasons."""
    lines = [
        f"{suggestion.score:.2f}  {suggestion.subject_label}  =  {suggestion.object_label}",
        f"      ours   {suggestion.subject}",
        f"      theirs {suggestion.object}" + (f"  ({suggestion.about})" if suggestion.about else ""),
        *(f"      - {reason}" for reason in suggestion.reasons),
    ]
    for line in lines:
        print_line(make_printable(line))

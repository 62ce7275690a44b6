"""Commands of the links to other data sets: suggest, review."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import PlaceOption, ProjectOption, app, get_layout, out, print_error
from testimonia.core.errors import InputError, Problem, TestimoniaError, make_printable
from testimonia.core.iris import mint_copied_node_iri, mint_entity_iri, mint_source_iri
from testimonia.core.layout import Layout

if TYPE_CHECKING:
    from testimonia.linking.review import Judgement, Review
    from testimonia.linking.suggesting import Suggestion

links = typer.Typer(no_args_is_help=True, help="Find out which of our entities other data sets speak of.")
app.add_typer(links, name="links")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The data set, as it is called in the workspace.")]


@links.command()
def suggest(
    name: NameArgument,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Print no more than so many.")] = 50,
    workspace: PlaceOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Propose which of their entities are ours, each with a score and its reasons; nothing is decided."""
    layout = get_layout(project)
    suggestions = find_suggestions(layout, name, workspace)
    from testimonia.linking.suggesting import find_open
    from testimonia.records.links import read_links

    own = [link for link in read_links(layout.links) if Path(link.path).name == f"{name}.sssom.tsv"]
    found = find_open(suggestions, own)
    for suggestion in found[:limit]:
        tell(suggestion)
    more = f"; {len(found) - limit} more are not shown (--limit)" if len(found) > limit else ""
    out.print(f"{len(found)} suggestions{more}", markup=False, soft_wrap=True)
    if found:
        out.print(f"Judge them: testimonia links review {name} --reviewer orcid:…", markup=False, soft_wrap=True)


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
    layout = get_layout(project)
    suggestions = find_suggestions(layout, name, workspace)
    from testimonia.core.atomic import write_file
    from testimonia.linking.review import Judgement
    from testimonia.linking.writing import format_links

    session = begin_review(layout, name, reviewer, on)
    later: set[str] = set()
    done = 0
    while left := [s for s in session.find_open(suggestions) if f"{s.subject} {s.object}" not in later]:
        out.print(f"\n{len(left)} to judge", markup=False)
        tell(left[0])
        answer = ask()
        if answer[0] is Judgement.STOP:
            break
        if answer[0] is Judgement.SKIP:
            later.add(f"{left[0].subject} {left[0].object}")
            continue
        session = begin_review(layout, name, reviewer, on)  # somebody else may have judged, or mended a line, meanwhile
        if problems := session.judge(left[0], *answer):
            print_error(InputError(problems))
            out.print("It contradicts what was judged before: judge otherwise, or s for later.", markup=False)
            continue
        write_file(layout.links / f"{name}.sssom.tsv", format_links(session.file).encode())
        done += 1
    told = f"{done} judged, {len(session.find_open(suggestions))} left"
    out.print(f"\n{told}; in {layout.name(layout.links)}/{name}.sssom.tsv", markup=False, soft_wrap=True)


def ask() -> "tuple[Judgement, float]":
    """Ask until there is an answer; the end of the input is one: stop."""
    from testimonia.linking.review import Judgement, parse_answer

    while True:
        out.print("y the same, n not the same, u unsure, s later, q stop > ", markup=False, end="")
        line = sys.stdin.readline()
        if not line:
            return Judgement.STOP, 1.0
        if answer := parse_answer(line):
            return answer
        out.print("One letter, perhaps with how sure you are: y 0.9", markup=False)


def find_source(layout: Layout, name: str, workspace: Path | None) -> Path:
    """Return the data of a source in the workspace; InputError when it has none of this name."""
    from testimonia.sources.workspace import DATA, check_known

    folder = workspace or layout.workspace
    if problems := check_known(folder, [name]):
        raise InputError(problems)
    return folder / name / DATA


def find_suggestions(layout: Layout, name: str, workspace: Path | None) -> "list[Suggestion]":
    """Return the suggestions for a source, those made before where nothing has changed since."""
    from testimonia.core.atomic import write_file
    from testimonia.linking.drafts import DRAFT, digest_files, format_draft, read_draft
    from testimonia.linking.ours import read_classes, read_ours
    from testimonia.rdf.store import read_manifest
    from testimonia.records.links import read_links

    path = find_source(layout, name, workspace)
    try:
        from testimonia.linking.suggesting import suggest as find
    except ImportError as error:
        raise TestimoniaError(f"{error.name} is not installed; run: pip install 'testimonia[merge]'") from error
    digest = digest_files([path, layout.graph / "entities.nq"])
    draft = path.with_name(DRAFT)
    found = read_draft(draft, digest)
    if found is None:
        base = str(read_manifest(layout.graph).get("base", ""))
        source = mint_source_iri(base, name)
        found = find(
            read_ours(layout.graph),
            path,
            stem=mint_copied_node_iri(source, ""),
            classes=read_classes(layout),
            links=read_links(layout.links),
        )
        header = {
            "mapping_set_id": f"{source}/suggestions",
            "license": "https://w3id.org/sssom/license/unspecified",
        }
        header["mapping_set_version"] = digest
        write_file(draft, format_draft(found, header, {"id": mint_entity_iri(base, "")}).encode())
    return found


def begin_review(layout: Layout, name: str, reviewer: str, on: str) -> "Review":
    """Return the review of a source's file of links, which is begun where there is none yet."""
    from testimonia.cli.withdrawal import parse_option_day
    from testimonia.core.curated_files import read_yaml
    from testimonia.linking.review import Review
    from testimonia.rdf.store import read_manifest
    from testimonia.records.links import collect_links, read_link_file
    from testimonia.records.sssom import LinkFile

    day = (parse_option_day(on, "--on") or date.today()).isoformat()
    path = layout.links / f"{name}.sssom.tsv"
    everything, problems = collect_links(layout.links, layout.name)
    if problems:
        raise InputError(problems)
    if path.is_file():
        file = read_link_file(path, layout.name(path))[0]
    else:
        base = str(read_manifest(layout.graph).get("base", ""))
        settings = read_yaml(layout.dataset, layout.name(layout.dataset))[0]
        licence = getattr(settings.entries.get("licence"), "text", "") if settings else ""
        file = LinkFile(
            {"mapping_set_id": f"{base}links/{name}", "license": licence}, {"id": mint_entity_iri(base, "")}
        )
    others = [link for link in everything if link.path != layout.name(path)]
    return Review(file, layout.name(path), name_reviewer(reviewer, file.prefixes), day, others)


def name_reviewer(text: str, prefixes: dict[str, str]) -> str:
    """Return the CURIE of a reviewer; InputError when it is neither a CURIE with a known prefix nor an https IRI."""
    from testimonia.linking.drafts import shorten
    from testimonia.linking.review import is_orcid

    if text.startswith("orcid:"):
        if not is_orcid(text.removeprefix("orcid:")):
            got, expected = (
                f'"{text}" is no ORCID iD',
                "one such as orcid:0000-0001-2345-6789, whose last character fits",
            )
            raise InputError([Problem("command line", 0, 0, "--reviewer", got, expected, code="reviewer-form")])
        prefixes.setdefault("orcid", "https://orcid.org/")
    if text.partition(":")[0] in prefixes and text.partition(":")[2]:
        return text
    if text.startswith(("https://", "http://")) and not set(text) & set(' <>"{}|\\^`'):
        return shorten(text, prefixes)
    known = ", ".join(f"{prefix}:…" for prefix in ("orcid", *prefixes))
    got = f'"{text}" names nobody'
    raise InputError(
        [Problem("command line", 0, 0, "--reviewer", got, f"{known} or an https IRI", "", code="reviewer-form")]
    )


def tell(suggestion: "Suggestion") -> None:
    """Print both sides of a suggestion with its score and reasons."""
    lines = [
        f"{suggestion.score:.2f}  {suggestion.subject_label}  =  {suggestion.object_label}",
        f"      ours   {suggestion.subject}",
        f"      theirs {suggestion.object}" + (f"  ({suggestion.about})" if suggestion.about else ""),
        *(f"      - {reason}" for reason in suggestion.reasons),
    ]
    for line in lines:
        out.print(make_printable(line), markup=False, soft_wrap=True)

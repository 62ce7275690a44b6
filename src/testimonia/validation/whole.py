"""Whole: a data set in, its records read and the graph that they give, or what is wrong with them."""

from dataclasses import dataclass

from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.dataset.graph import BuiltGraph
from testimonia.dataset.private import check_private, keep_private
from testimonia.dataset.project import Project, build_project, read_locked_project
from testimonia.texts.reading import read_texts
from testimonia.validation.report import Request
from testimonia.vocabulary.reading import read_vocabulary


@dataclass(frozen=True, slots=True)
class Whole:
    """A data set read whole, and the graph that it gives now."""

    project: Project
    lock: Lock
    built: BuiltGraph


def read_whole(layout: Layout, request: Request) -> tuple[Whole | None, list[Finding]]:
    """Read records and lock and build the graph; None with the findings when something in them is wrong.

    InputError as `inspect_project`.
    """
    with keep_private(layout, request.private):  # a private folder that is not there is no finding
        pass
    try:
        with keep_private(layout, request.private):
            project, lock = read_locked_project(layout, request.texts, private=request.private)
            if request.private is not None:
                check_private(project, request.private, request.texts)
    except InputError as error:
        read_vocabulary(layout)  # raises where the model itself cannot be used: no finding either
        if request.texts is not None:
            read_texts(request.texts)
        return None, list(error.findings)
    return Whole(project, lock, build_project(project, lock)), []

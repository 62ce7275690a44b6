"""What a new data set is to be called, and what is wrong with that."""

import re
from dataclasses import dataclass

from testimonia.core.errors import find_nearest
from testimonia.core.findings import Finding
from testimonia.core.namespaces import VOCABULARY_BASE
from testimonia.drafting.slugs import propose_slug

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+(?:/[^\s<>\"{}|\\^`/?#]+)*/")
_ISO = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_REQUIREMENT = re.compile(r"[A-Za-z0-9].*")


@dataclass(frozen=True, slots=True)
class ScaffoldOptions:
    """What the new data set is to be: base IRI, title, its country with ISO 3166 code, what its CI installs."""

    base: str
    title: str
    country: str
    iso: str
    requirement: str

    @property
    def slug(self) -> str:
        """The country as records call it."""
        return propose_slug(self.country)


def check_options(options: ScaffoldOptions) -> list[Finding]:
    """List what cannot be used, each under the option that says it.

    >>> options = ScaffoldOptions("https://example.org/x", "X", "Valdoria", "xz", "x")
    >>> [finding.record for finding in check_options(options)]
    ['--base', '--iso']
    """
    findings: list[Finding] = []

    def refuse(option: str, found: str, expected: str, fix: str) -> None:
        findings.append(
            Finding.at("command line", "option-form", record=option, found=found, expected=expected, fix=fix)
        )

    if not _BASE.fullmatch(options.base):
        whole = f"{options.base}/"
        fix = find_nearest(options.base, [whole]) if _BASE.fullmatch(whole) else "Take an address that you look after"
        refuse("--base", f'"{options.base}"', "an http(s) IRI that ends in a slash, without ? and #", fix)
    elif options.base.startswith(VOCABULARY_BASE):
        found = f"{options.base} is where the vocabulary lives"
        refuse("--base", found, "an address of your own", "Take an address that you look after")
    for option, text in (
        ("--title", options.title),
        ("--country", options.country),
        ("--install", options.requirement),
    ):
        if not text.strip() or not text.isprintable():
            refuse(option, "no words, or more than one line", "one line of text", "Write it anew")
    if options.country.strip() and not options.slug:
        refuse("--country", "a name without a Latin letter", "a name that a slug can be made of", "Write it in English")
    if not _ISO.fullmatch(options.iso):
        refuse("--iso", f'"{options.iso}"', "two capital letters, perhaps with a hyphen and a part", "Look it up")
    if options.requirement.strip() and not _REQUIREMENT.fullmatch(options.requirement):
        refuse("--install", f'"{options.requirement}"', "a requirement as pip reads it", "Write it without an option")
    return findings

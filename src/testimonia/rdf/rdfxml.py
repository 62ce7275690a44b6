"""The check of RDF/XML before it is parsed: dangerous entities, and XML that is not well-formed."""

from typing import IO
from xml.parsers import expat

from testimonia.core.errors import InputError
from testimonia.core.record import Position


def check_xml(content: IO[bytes], name: str, largest: int) -> None:
    """Raise InputError for XML that is not well-formed, or whose entities are external or exceed `largest` bytes.

    pyoxigraph expands entities without a limit, and gives no line for XML that is not well-formed.
    """
    parser, size = expat.ParserCreate(), 0

    def refuse(found: str) -> None:
        place = (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        raise InputError.at(Position(name, *place), "xml-entity", found=found)

    def measure(*parts: str) -> None:
        nonlocal size
        size += sum(map(len, parts))
        if size > largest:
            refuse(f"entities that swell to more than {largest // 2**20} MB")

    def declare(entity: str, parameter: int, value: str | None, *_: str | None) -> None:
        if value is None or parameter:
            refuse(f'an external or parameter entity ("{entity}"), which is not read')
        elif "&" in value:
            refuse(f'an entity made of others ("{entity}")')
        parser.CharacterDataHandler = measure
        parser.StartElementHandler = lambda _, attributes: measure(*attributes.values())

    parser.EntityDeclHandler = declare
    try:
        parser.ParseFile(content)
    except expat.ExpatError as error:
        found = f"not RDF/XML: {expat.ErrorString(error.code)}"
        raise InputError.at(Position(name, error.lineno, error.offset + 1), "not-rdf", found=found) from error

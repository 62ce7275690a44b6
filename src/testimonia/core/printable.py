"""Escape text so that nothing in it acts on a terminal or a log."""


def make_printable(text: str) -> str:
    r"""Return a text with control and direction characters escaped, so that no data can act on a terminal.

    >>> make_printable("a\x1b[31mb\n")
    'a\\x1b[31mb\\n'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

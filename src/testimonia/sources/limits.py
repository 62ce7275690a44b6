"""Limits on the size of others' data, and on the time that a file or a component of blank nodes may take.

Each stops something that a small file can do: swell when it is unpacked, nest until a parser breaks down, or connect
blank nodes so that labelling them never ends. docs/decisions/0033-foreign-blank-nodes.md has the figures.
"""

MIB = 2**20

LARGEST = 16 * 2**30
"""Bytes that one file may have, decompressed."""
SWELLING = 200
"""How many times larger a compressed file may become; RDF becomes 10 to 50 times larger."""
SWELLING_FROM = 64 * MIB
"""Bytes that a compressed file may have, decompressed, however small it was."""
ENTITIES = 10
"""How many times larger entities may make the text of an RDF/XML file that is not compressed."""
MEMORY = 2048 * MIB
"""Bytes of memory that reading may take."""
SECONDS = 60
"""Seconds of processor time that reading a file may take, and one more for each MiB of it."""
COMPONENT_SECONDS = 10
"""Seconds of processor time that labelling one component of blank nodes may take."""
SMALL_COMPONENT = 4
"""Blank nodes of a component that is labelled without a timer: it takes less than a millisecond."""
LINES_IN_MEMORY = 32 * MIB
"""Characters of lines that are sorted in memory at a time."""

"""Links by other libraries: RapidFuzz alone, Splink, nomenklatura, on the tables that benchmarks/links.py keeps.

Run: PYTHON benchmarks/links_peers.py DIR rapidfuzz|splink|nomenklatura [ALGORITHM]. PYTHON is that of an environment
in which the library is installed (none of the project's own needs them). Each is used as its guide says. RapidFuzz and
Splink are given names that anyascii has made plain; nomenklatura makes them so itself, and is given a plain index of
words instead of its own. Prints processor seconds and, of the pairs called a match, precision and recall against what
was planted.
"""

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Rows = list[dict[str, str]]
Pairs = dict[str, str]


def match_rapidfuzz(ours: Rows, theirs: Rows) -> Pairs:
    """Take the most alike name of each, whatever it costs: every one of ours with every one of theirs."""
    from anyascii import anyascii  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    names = [anyascii(row["name"]) for row in theirs]
    found = {}
    for row in ours:
        best = process.extractOne(
            row["name"], names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=85
        )
        if best:
            found[row["id"]] = theirs[best[2]]["id"]
    return found


def match_splink(ours: Rows, theirs: Rows) -> Pairs:
    """Train Splink on the data themselves, link only, and take what it gives 0.5 or more."""
    import pandas as pd  # noqa: PLC0415
    import splink.comparison_library as cl  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from anyascii import anyascii  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from splink import (  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
        DuckDBAPI,
        Linker,
        SettingsCreator,
        block_on,
    )

    def shape(rows: Rows) -> Any:
        table = []
        for row in rows:
            words = sorted(anyascii(row["name"]).lower().replace(",", "").replace(".", "").split())
            table.append(
                {
                    "unique_id": row["id"],
                    "name": " ".join(words),
                    "first": words[0],
                    "last": words[-1],
                    "cls": row["cls"],
                    "code": row["code"] or None,
                }
            )
        return pd.DataFrame(table)

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
            cl.ExactMatch("cls"),
            cl.ExactMatch("code"),
        ],
        blocking_rules_to_generate_predictions=[block_on("first"), block_on("last"), block_on("code")],
    )
    database = DuckDBAPI()
    linker = Linker([database.register(shape(ours)), database.register(shape(theirs))], settings)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.4)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("last"))
    predictions = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    found: dict[str, tuple[float, str]] = {}
    for one in predictions.itertuples():
        if one.match_probability > found.get(one.unique_id_l, (0.0, ""))[0]:
            found[one.unique_id_l] = (one.match_probability, one.unique_id_r)
    return {mine: other for mine, (_, other) in found.items()}


def match_nomenklatura(ours: Rows, theirs: Rows) -> Pairs:
    """Compare by its logic-v2, or the algorithm named, what shares a rarer word; 0.7 or more is a match."""
    from followthemoney import model  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from followthemoney.proxy import EntityProxy  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from rigour.names import tokenize_name  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from rigour.text import ascii_text  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    algorithm = get_algorithm(sys.argv[3] if len(sys.argv) > 3 else "logic-v2")
    config = algorithm.default_config()

    def shape(row: dict[str, str]) -> Any:
        properties = {"name": [row["name"]], **({"idNumber": [row["code"]]} if row["code"] else {})}
        if row["cls"] != "Person" and row["code"]:
            properties = {"name": [row["name"]], "registrationNumber": [row["code"]]}
        schema = "Person" if row["cls"] == "Person" else "Organization"
        return EntityProxy.from_dict({"id": row["id"], "schema": schema, "properties": properties})

    def words(text: str) -> set[str]:
        return set(tokenize_name((ascii_text(text) or text).lower()))

    assert model
    index: dict[str, list[int]] = {}
    entities = [shape(row) for row in theirs]
    for number, row in enumerate(theirs):
        for word in words(row["name"]):
            index.setdefault(word, []).append(number)
    found = {}
    for row in ours:
        mine = shape(row)
        near = {n for word in words(row["name"]) if len(index.get(word, ())) < 500 for n in index.get(word, ())}
        scored = [(algorithm.compare(mine, entities[n], config).score, n) for n in near]
        if scored and max(scored)[0] >= 0.7:
            found[row["id"]] = theirs[max(scored)[1]]["id"]
    return found


MATCHERS: dict[str, Callable[[Rows, Rows], Pairs]] = {
    "rapidfuzz": match_rapidfuzz,
    "splink": match_splink,
    "nomenklatura": match_nomenklatura,
}


def main() -> None:
    """Run one library on one pair of tables."""
    if len(sys.argv) < 3:
        print("links_peers.py DIR rapidfuzz|splink|nomenklatura: run by hand, each in an environment of its own")
        return
    folder, name = Path(sys.argv[1]), sys.argv[2]
    tables = []
    for file in ("ours.csv", "theirs.csv"):
        with (folder / file).open(encoding="utf-8", newline="") as stream:
            tables.append(list(csv.DictReader(stream)))
    ours, theirs = tables
    began = time.process_time()
    found = MATCHERS[name](ours, theirs)
    seconds = time.process_time() - began
    planted = {row["ours"]: row["id"] for row in theirs if row["ours"] != "-1"}
    right = sum(planted.get(mine) == other for mine, other in found.items())
    told = f"precision {right / max(1, len(found)):.3f}, recall {right / len(planted):.3f}"
    print(f"{name}, {len(theirs):,} of theirs: {seconds:.1f} s, {told}")


if __name__ == "__main__":
    main()

"""Dates: bounds as precise as the text, and nothing that is no single date."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.core.dates import find_span, parse_date


@pytest.mark.parametrize(
    ("written", "edtf", "earliest", "latest"),
    [
        ("2031", "2031", "2031-01-01", "2031-12-31"),
        ("2032-02", "2032-02", "2032-02-01", "2032-02-29"),
        ("2031-05-04", "2031-05-04", "2031-05-04", "2031-05-04"),
        ("199X", "199X", "1990-01-01", "1999-12-31"),
        ("late 199X", "199X", "1997-01-01", "1999-12-31"),
        ("mid 2031", "2031", "2031-05-01", "2031-08-31"),
        ("late 2031", "2031", "2031-09-01", "2031-12-31"),
        ("early 2031-05", "2031-05", "2031-05-01", "2031-05-10"),
        ("late 2031-02", "2031-02", "2031-02-21", "2031-02-28"),
        ("2031-12~", "2031-12~", "2031-12-01", "2031-12-31"),
        ("2031-21", "2031-21", "None", "None"),
        ("XXXX-01-07", "XXXX-01-07", "None", "None"),
        ("XXXX-02-29", "XXXX-02-29", "None", "None"),
        ("20XX", "20XX", "2000-01-01", "2099-12-31"),
    ],
)
def test_bounds(written: str, edtf: str, earliest: str, latest: str) -> None:
    parsed = parse_date(written)
    assert (parsed.edtf, str(parsed.earliest), str(parsed.latest)) == (edtf, earliest, latest)


@pytest.mark.parametrize(
    "written",
    [
        *("2031-13", "2031-02-30", "soon", "", "2031/2032", "2031-05-04/2031-06-01", "4 May 2031", "2031-5"),
        *("early", "early 2031-05-04", "very early 2031", "31", "2031-05-04T10:00:00Z", "Y-17E7", "..", "early soon"),
        *(
            "{2031,2032}",
            "[2031]",
            "2031 ",
            "2031-1X",
            "2031-X1",
            "2031-33",
            "2031-41",
            "XXXX-02-30",
            "XX31",
            "X031-05",
        ),
        *("early 2031-21", "2031-02-3X", "0000", "XXXX", "٢٠٣١", "early 20XX"),
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^\".*\" is not EDTF$"):
        parse_date(written)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["early", "mid", "late"]))
def test_thirds_of_a_month_touch_and_cover_it(day: date, part: str) -> None:
    month = f"{day:%Y-%m}"
    thirds = [parse_date(f"{p} {month}") for p in ("early", "mid", "late")]
    whole = parse_date(month)
    assert thirds[0].earliest == whole.earliest
    assert thirds[2].latest == whole.latest
    for one, next_one in pairwise(thirds):
        assert one.latest is not None
        assert one.latest + timedelta(days=1) == next_one.earliest
    assert parse_date(f"{part} {month}").edtf == month


@pytest.mark.parametrize(
    ("text", "with_time", "span"),
    [
        ("2031-02", False, ("2031-02-01", "2031-02-28")),
        ("2032-02", False, ("2032-02-01", "2032-02-29")),
        ("2031-04", True, ("2031-04-01", "2031-04-30")),
        ("2031", True, ("2031-01-01", "2031-12-31")),
        ("199X", False, ("1990-01-01", "1999-12-31")),
        ("2031-05-04T23:00:00-05:00", True, ("2031-05-04", "2031-05-04")),
        ("2031-05+02:00", True, ("2031-05-01", "2031-05-31")),
        ("2031-05-04T23:00:00Z", False, None),
        *((text, True, None) for text in ("May", "", "-0044", "2031-02-30", "XXXX-01-07", "2031-21", "0000")),
    ],
)
def test_a_span_ends_on_a_day_that_there_is(text: str, with_time: bool, span: tuple[str, str] | None) -> None:
    found = find_span(text, with_time=with_time)
    assert (found and (str(found[0]), str(found[1]))) == span

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime_fer.core.text.spreadsheet import as_cell, from_cell

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\thidden", " =1"]
FORMULAS += ["\u00a0=1", "＝1", "'=1", "''+1", "' -1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text(text: str) -> None:
    cell = as_cell(text)
    assert cell == f"'{text}"
    assert from_cell(cell) == text


@pytest.mark.parametrize("text", ["", "smile", "3 = 3", "a@b", "'quoted'", "fer-s", "it's", "x\t=1"])
def test_any_other_text_stays(text: str) -> None:
    assert as_cell(text) == from_cell(text) == text


@given(st.text(st.sampled_from("'=+-@ \t\r\nab"), max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert from_cell(as_cell(text)) == text
    assert as_cell(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")

"""The table of a recap: sums of cells, confirmed apart from unverified, and missing is never zero."""

from __future__ import annotations

from collections.abc import Hashable

from hypothesis import given
from hypothesis import strategies as st

from kentongan.documents.decisions.recap_table import (
    Counted,
    Known,
    Tally,
    Unlike,
    build,
    change_of,
    known_of,
)
from kentongan.indicators.decisions import Completeness

ROWS: list[Hashable] = [1, 2, 3]
COLUMNS: list[Hashable] = ["KEL", "POL"]
_complete = st.builds(lambda a, b: Completeness(max(a, b), min(a, b)), st.integers(0, 20), st.integers(0, 20))
_tally = st.builds(Tally, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
_counted = st.builds(
    Counted,
    tallies=st.dictionaries(st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)), _tally),
    passed=st.dictionaries(st.sampled_from(ROWS), st.integers(0, 20)),
    before=st.dictionaries(st.sampled_from(ROWS), st.integers(0, 20)),
    complete=_complete,
    complete_before=_complete,
    row_complete=st.dictionaries(st.sampled_from(ROWS), _complete),
    row_complete_before=st.dictionaries(st.sampled_from(ROWS), _complete),
)


@given(_counted)
def test_every_total_is_the_sum_of_its_cells_state_by_state(counted: Counted) -> None:
    table = build(ROWS, COLUMNS, counted, comparable=0.25)
    for row in [*table.rows, table.foot]:
        for state in ("confirmed", "unverified", "refuted"):
            parts = [getattr(cell.tally, state) for cell in row.cells]
            assert getattr(row.total.tally, state) == sum(parts)
    for place in range(len(COLUMNS)):
        column = [row.cells[place].tally.confirmed for row in table.rows]
        assert table.foot.cells[place].tally.confirmed == sum(column)
    assert table.foot.total.tally.confirmed == sum(t.confirmed for t in counted.tallies.values())


@given(_tally, _complete)
def test_nothing_is_a_zero_unless_somebody_was_heard(tally: Tally, complete: Completeness) -> None:
    known = known_of(tally, complete)
    if known is Known.COUNTED:
        assert tally.confirmed or tally.unverified or complete.heard
    else:
        assert (known is Known.SILENT) is bool(complete.expected)


@given(st.integers(0, 99), st.integers(0, 99), _complete, _complete)
def test_a_difference_is_told_only_where_both_periods_were_heard_alike(
    now: int, before: int, one: Completeness, other: Completeness
) -> None:
    change = change_of(now, before, now=one, before_complete=other, comparable=0.25)
    if change.difference is not None:
        assert change.difference == now - before
        assert change.unlike is None
        assert abs((one.share or 0) - (other.share or 0)) <= 0.25 + 1e-9
    else:
        assert change.unlike is not None


def test_two_periods_that_were_heard_unlike_are_not_compared() -> None:
    change = change_of(5, 2, now=Completeness(10, 9), before_complete=Completeness(10, 3), comparable=0.25)
    assert (change.before, change.difference, change.unlike) == (2, None, Unlike.COVERAGE)


def test_a_silent_period_is_not_compared() -> None:
    change = change_of(5, 0, now=Completeness(10, 9), before_complete=Completeness(10, 0), comparable=1)
    assert change.unlike is Unlike.UNHEARD

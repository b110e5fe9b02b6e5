"""Every version of a unit's report is kept whole; one of them counts."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storage import receiving, results
from storage.opening import connect
from storage.transaction import Tx

UNIT: Mapping[str, Any] = {"unit": "QLXD", "year": 2027}
CODE = "BC-2027-QLXD"


@pytest.fixture
def tx(tmp_path: Path) -> Tx:
    tx = Tx(connect(tmp_path / "t.db"))
    tx.run("INSERT INTO unit (code, name, kind, place) VALUES ('QLXD', 'Phòng Quản lý xây dựng', 'phong', 1)")
    tx.run("INSERT INTO person (id, name, name_fold, unit, role) VALUES (1, 'An', 'an', 'QLXD', 'head')")
    return tx


def moment(day: int) -> datetime:
    return datetime.fromisoformat(f"2027-11-{day:02}T02:00:00+00:00")


def sent(tx: Tx, day: int, figures: dict[str, int], *, kind: str = "", counts: bool = True) -> int:
    id = results.send(tx, **UNIT, code=CODE, late=day, by=1, now=moment(day), plan_hash="p", kind=kind, counts=counts)
    for target, n in figures.items():
        results.put_figure(
            tx,
            result=id,
            target=target,
            numerator=Decimal(n),
            denominator=None,
            na=False,
            estimate=False,
            note="",
            source="typed",
            kept_as="",
        )
    return id


def counted(tx: Tx) -> tuple[int, dict[str, int]]:
    found = tx.one(results.OF_UNIT, **UNIT)
    assert found is not None
    return found.version, {each.target: int(each.numerator or 0) for each in tx.all(results.FIGURES, **UNIT)}


def states(tx: Tx) -> list[str]:
    return [each.state for each in tx.all(results.VERSIONS, **UNIT)]


def test_a_report_sent_again_counts_at_once_and_the_one_before_is_kept(tx: Tx) -> None:
    first = sent(tx, 2, {"1": 10, "2": 20})
    again = sent(tx, 3, {"1": 11})
    assert counted(tx) == (2, {"1": 11, "2": 20}), "what is asked no more stays as it was said"
    assert {each.target: int(each.numerator or 0) for each in tx.all(results.FIGURES_OF, id=first)} == {
        "1": 10,
        "2": 20,
    }
    assert states(tx) == ["past", "counted"]
    version = tx.one(results.VERSION, id=again)
    assert version is not None
    assert (version.at, version.sent, version.late) == (moment(2), moment(3), 2), "it was sent when it was first sent"


def test_a_correction_counts_once_it_is_received(tx: Tx) -> None:
    sent(tx, 2, {"1": 10})
    receiving.receive(tx, code=CODE, what="results", now=moment(3))
    assert tx.all(receiving.ALL) == []
    sent(tx, 4, {"1": 12}, kind="correction", counts=False)
    sent(tx, 5, {"1": 13}, kind="correction", counts=False)
    assert counted(tx) == (1, {"1": 10})
    assert states(tx) == ["counted", "past", "waiting"]
    (waits,) = tx.all(receiving.ALL)
    assert (waits.code, waits.version, waits.at) == (CODE, 3, moment(5))
    assert not tx.one(receiving.STILL, code=CODE), "what waits is not received"
    receiving.receive(tx, code=CODE, what="results", now=moment(6))
    assert counted(tx) == (3, {"1": 13})
    assert states(tx) == ["past", "past", "counted"]
    assert tx.one(receiving.STILL, code=CODE)


def test_receiving_a_correction_can_be_undone(tx: Tx) -> None:
    sent(tx, 2, {"1": 10})
    receiving.receive(tx, code=CODE, what="results", now=moment(3))
    sent(tx, 4, {"1": 12}, kind="correction", counts=False)
    receiving.receive(tx, code=CODE, what="results", now=moment(5))
    receiving.give_back(tx, code=CODE, what="results", now=moment(5))
    assert states(tx) == ["counted", "waiting"]
    assert counted(tx) == (1, {"1": 10})
    first = tx.one(results.OF_UNIT, **UNIT)
    assert first is not None
    assert first.received == moment(3), "what counts again is received as it was"
    receiving.receive(tx, code=CODE, what="results", now=moment(6))
    assert counted(tx) == (2, {"1": 12})


def test_a_report_is_given_back_that_was_never_corrected(tx: Tx) -> None:
    sent(tx, 2, {"1": 10})
    sent(tx, 3, {"1": 11})
    receiving.receive(tx, code=CODE, what="results", now=moment(4))
    receiving.give_back(tx, code=CODE, what="results", now=moment(5))
    assert states(tx) == ["past", "counted"]
    assert [each.version for each in tx.all(receiving.ALL)] == [2]


def test_the_first_version_counts_however_it_comes(tx: Tx) -> None:
    sent(tx, 2, {"1": 10}, kind="correction", counts=False)
    assert counted(tx) == (1, {"1": 10})

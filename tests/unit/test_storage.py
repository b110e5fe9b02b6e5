"""The writer: one commit for many, each work alone when one fails, and never a stray COMMIT."""

import asyncio
import gc
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest

from storage.db import Closed, Database, Failed, Query, Snapshot, Tx
from storage.opening import WRITER_PRAGMAS, Unusable, connect
from tests.conftest import ON_THE_DISK

NAMES = Query("SELECT name FROM setting ORDER BY name", str)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "t.db")
    await database.open()
    yield database
    await database.close()


def put(name: str) -> Callable[[Tx], int]:
    return lambda tx: tx.run("INSERT INTO setting VALUES (:name, '1')", name=name)


async def test_many_writes_share_few_commits(database: Database) -> None:
    commits = 0

    def count() -> None:
        nonlocal commits
        commits += 1

    await database.write(
        lambda tx: tx._connection.set_trace_callback(  # the writer's own mark
            lambda sql: count() if sql.startswith("COMMIT") else None
        )
    )
    await asyncio.gather(*(database.write(put(f"n{n:03}")) for n in range(200)))
    assert len(await (await database.reader()).all(NAMES)) == 200
    assert commits <= 40, f"{commits} commits for 200 writes"


async def test_a_work_that_raises_is_undone_alone(database: Database) -> None:
    def bad(tx: Tx) -> None:
        put("bad")(tx)
        raise ValueError("no")

    done = await asyncio.gather(
        database.write(put("a")), database.write(bad), database.write(put("b")), return_exceptions=True
    )
    assert isinstance(done[1], ValueError)
    assert await (await database.reader()).all(NAMES) == ["a", "b"]


@pytest.mark.parametrize(
    "sql", ["COMMIT", "ROLLBACK", "BEGIN", "SAVEPOINT x", "PRAGMA user_version=9", "ATTACH 'x' AS y"]
)
async def test_a_work_cannot_touch_the_transaction(database: Database, sql: str) -> None:
    def meddling(tx: Tx) -> None:
        put("before")(tx)
        tx.run(sql)

    with pytest.raises(sqlite3.DatabaseError):
        await database.write(meddling)
    await database.write(put("after"))
    assert await (await database.reader()).all(NAMES) == ["after"]


async def test_what_is_called_after_is_not_called_when_it_failed(database: Database) -> None:
    called: list[str] = []

    def good(tx: Tx) -> None:
        tx.after.append(lambda: called.append("good"))

    def bad(tx: Tx) -> None:
        tx.after.append(lambda: called.append("bad"))
        raise ValueError

    await asyncio.gather(database.write(good), database.write(bad), return_exceptions=True)
    assert called == ["good"]


async def test_after_close_nothing_is_written(tmp_path: Path) -> None:
    database = Database(tmp_path / "t.db")
    await database.open()
    await database.write(put("kept"))
    await database.close()
    with pytest.raises(Closed):
        await database.write(put("lost"))
    again = Database(tmp_path / "t.db")
    await again.open()
    assert await (await again.reader()).all(NAMES) == ["kept"]
    await again.close()


def test_a_commit_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.opening.WRITER_PRAGMAS", ON_THE_DISK)
    connection = connect(tmp_path / "t.db")
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


async def test_a_snapshot_sees_one_state(database: Database) -> None:
    await database.write(put("a"))
    reader = await database.reader()
    async with reader.snapshot() as snapshot:
        assert await snapshot.all(NAMES) == ["a"]
        await database.write(put("b"))
        assert await snapshot.all(NAMES) == ["a"]
    assert await reader.all(NAMES) == ["a", "b"]


async def test_a_snapshot_that_stays_open_holds_up_no_other_read(database: Database) -> None:
    async with database.snapshot() as snapshot:
        assert await snapshot.all(NAMES) == []
        await database.write(put("a"))
        async with asyncio.timeout(20):
            assert await (await database.reader()).all(NAMES) == ["a"]
        assert await snapshot.all(NAMES) == []
    await database.close()
    with pytest.raises(Closed):
        async with database.snapshot():
            pass


async def test_reads_made_together_see_the_same_state_on_the_readers_own_thread(database: Database) -> None:
    await database.write(put("a"))

    async def twice(near: Snapshot) -> tuple[list[str], list[str], bool]:
        first = await near.all(NAMES)
        return first, await near.together(near_all), threading.current_thread() is threading.main_thread()

    async def near_all(near: Snapshot) -> list[str]:
        return await near.all(NAMES)

    async with database.snapshot() as snapshot:
        assert await snapshot.all(NAMES) == ["a"]
        await database.write(put("b"))
        assert await snapshot.together(twice) == (["a"], ["a"], False)
    async with database.snapshot() as snapshot:
        assert await snapshot.together(near_all) == ["a", "b"]


async def test_reads_that_yield_are_made_step_by_step(database: Database) -> None:
    await database.write(put("a"))
    made = []

    async def steps(near: Snapshot) -> AsyncIterator[list[str]]:
        for n in range(3):
            made.append(n)
            yield await near.all(NAMES)

    async with database.snapshot() as snapshot:
        async for found in snapshot.each(steps):
            assert found == ["a"]
            if len(made) == 2:
                break
    assert made == [0, 1]
    async with database.snapshot() as snapshot:
        assert [found async for found in snapshot.each(steps)] == [["a"]] * 3


async def test_reads_made_together_raise_and_wait_for_nothing_else(database: Database) -> None:
    async def fails(near: Snapshot) -> None:
        await near.all(Query("SELECT nothing FROM nowhere", str))

    async def waits(near: Snapshot) -> None:
        await asyncio.sleep(0)

    async with database.snapshot() as snapshot:
        with pytest.raises(sqlite3.OperationalError):
            await snapshot.together(fails)
        with pytest.raises(RuntimeError, match="await something else"):
            await snapshot.together(waits)
        assert await snapshot.all(NAMES) == []


async def test_a_snapshot_reads_the_file_that_has_the_name_now(database: Database) -> None:
    async with database.snapshot():
        pass
    database.path.rename(database.path.with_name("moved.db"))
    with pytest.raises(Unusable):
        async with database.snapshot():
            pass
    database.path.with_name("moved.db").rename(database.path)
    async with database.snapshot() as snapshot:
        assert await snapshot.all(NAMES) == []


async def test_a_day_that_is_not_there_is_nothing(database: Database) -> None:
    """MAX of no rows is one row without a value."""
    newest = Query("SELECT MAX(given) FROM result", date)
    assert await (await database.reader()).one(newest) is None
    assert await database.write(lambda tx: tx.one(newest)) is None


async def test_a_reader_that_is_stopped_while_it_opens_leaves_no_thread_behind(database: Database) -> None:
    """A thread that waits for ever holds the process at its end."""

    async def read() -> None:
        async with database.snapshot() as snapshot:
            await snapshot.all(NAMES)

    for turns in range(30):
        task = asyncio.create_task(read())
        for _ in range(turns):
            await asyncio.sleep(0.0002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await asyncio.gather(*(database.reader() for _ in range(5)))
    await database.close()
    gc.disable()  # else what was forgotten may be tidied up just in time
    try:
        for thread in threading.enumerate():
            if "_connection_worker_thread" in thread.name:
                thread.join(5)
                assert not thread.is_alive()
    finally:
        gc.enable()


async def test_the_reader_cannot_write(database: Database) -> None:
    reader = await database.reader()
    with pytest.raises(sqlite3.OperationalError):
        await reader.all(Query("INSERT INTO setting VALUES ('x', '1') RETURNING name", str))


async def test_another_programs_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(Unusable):
        await Database(path).open()
    assert path.read_bytes() == before


async def test_what_fails_after_a_commit_holds_up_nobody(database: Database) -> None:
    def bad(tx: Tx) -> None:
        tx.after.append(lambda: 1 // 0)  # type: ignore[arg-type]  # it fails, whatever it returns

    await asyncio.wait_for(asyncio.gather(database.write(bad), database.write(put("a"))), 5)
    assert await (await database.reader()).all(NAMES) == ["a"]


async def test_a_writer_that_died_leaves_no_thread_behind(tmp_path: Path) -> None:
    database = Database(tmp_path / "t.db")
    await database.open()
    await database.reader()

    def dies(tx: Tx) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Closed):
        await database.write(dies)
    with pytest.raises(Closed):
        await database.broken
    await database.close()
    for thread in threading.enumerate():
        if not thread.daemon and "worker" in thread.name:
            await asyncio.to_thread(thread.join, 5)
            assert not thread.is_alive()


@pytest.mark.parametrize(
    "error",
    [
        StopIteration("no"),
        StopAsyncIteration(),
        asyncio.CancelledError(),
        GeneratorExit(),
        MemoryError(),
        RecursionError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_whatever_a_work_raises_is_told_to_whoever_waits_for_it_and_to_nobody_else(
    database: Database, error: BaseException
) -> None:
    """Some exceptions no future takes: those who waited behind one in the same commit waited for ever."""

    def bad(tx: Tx) -> None:
        put("bad")(tx)
        raise error

    said = await asyncio.wait_for(
        asyncio.gather(database.write(put("a")), database.write(bad), database.write(put("b")), return_exceptions=True),
        5,
    )
    assert said[0] == said[2] == 1
    assert isinstance(said[1], Exception)
    assert said[1] is error or (isinstance(said[1], Failed) and said[1].__cause__ is error)
    assert await (await database.reader()).all(NAMES) == ["a", "b"]


async def test_a_work_that_raises_after_the_whole_batch_was_given_up_is_undone_alone(database: Database) -> None:
    def bad(tx: Tx) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            tx.run("INSERT OR ROLLBACK INTO setting VALUES (NULL, '1')")
        raise StopIteration

    said = await asyncio.wait_for(
        asyncio.gather(database.write(put("a")), database.write(bad), database.write(put("b")), return_exceptions=True),
        5,
    )
    assert isinstance(said[1], Exception)
    assert await (await database.reader()).all(NAMES) == ["a", "b"]


async def test_the_file_closes_though_a_work_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.writer.CLOSING", 0.1)
    database, end = Database(tmp_path / "t.db"), threading.Event()
    await database.open()
    waits = database.write(lambda tx: end.wait(20))
    await asyncio.wait_for(database.close(), 5)
    end.set()
    assert await asyncio.wait_for(waits, 5)


async def test_a_full_disk_is_known_until_something_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.opening.WRITER_PRAGMAS", (*WRITER_PRAGMAS, "max_page_count=120"))
    database = Database(tmp_path / "t.db")
    await database.open()

    def much(tx: Tx) -> None:
        tx.run("INSERT INTO setting VALUES ('much', :x)", x="x" * 4096 * 120)

    with pytest.raises(sqlite3.OperationalError, match="full"):
        await database.write(much)
    assert database.full
    await database.write(put("little"))
    assert not database.full
    await database.close()


def test_units_may_be_of_any_kind(tmp_path: Path) -> None:
    """What named units names them still, after the table was made anew."""
    opened = connect(tmp_path / "new.db")
    opened.execute("INSERT INTO unit (code, name, kind, place) VALUES ('B', 'Tổ Toán', 'to', 8)")
    with pytest.raises(sqlite3.IntegrityError):
        opened.execute("INSERT INTO person (name, name_fold, unit, role) VALUES ('X', 'x', 'KHONG', 'head')")
    opened.close()


def test_every_step_of_the_schema_has_a_number_of_its_own() -> None:
    from storage.migrating import SCHEMA, migrations

    assert sorted(migrations()) == list(range(1, len(list(SCHEMA.glob("*.sql"))) + 1))

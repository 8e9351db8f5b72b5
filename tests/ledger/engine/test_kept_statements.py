"""A compiled statement is found by the next process; only a sound file of the same version counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ledger.engine import bound_value, compiler, kept_statements, open_ledger, prepared
from zhanggui.ledger.engine.kept_statements import KeptStatements, UnkeptError, digest
from zhanggui.ledger.engine.prepared import Prepared, compile_expression

STORES = ibis.table({"shop_id": "int32", "name": "string", "rate": "decimal(9, 4)"}, name="store")
QUESTIONS = {
    "chosen": STORES.filter(STORES.shop_id == bound_value("this_store", "int32")).drop("rate", "name"),
    "grouped": STORES.group_by("name").agg(n=STORES.count(), first=STORES.shop_id.min()),
    "joined": STORES.join(STORES.view(), "shop_id", how="left").select("shop_id", "name"),
    "in words": STORES.filter(STORES.name.isin(["甲", "乙"])).order_by(ibis.desc("shop_id")),
    "by turns": STORES.mutate(turn=ibis.row_number().over(group_by="name", order_by="shop_id")),
}
DIGESTS = """
from tests.ledger.engine.test_kept_statements import QUESTIONS, digest
print({name: digest(question.op()) for name, question in QUESTIONS.items() if name != "joined"})
"""
"""A view of a table has a number of its own in each process."""


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptStatements]:
    """A folder of its own; nothing is remembered from before, nor for after."""
    before = dict(prepared._STATEMENTS)
    prepared._STATEMENTS.clear()
    yield KeptStatements(tmp_path / "statements")
    prepared._STATEMENTS.clear()
    prepared._STATEMENTS.update(before)


def never(node: ops.Node) -> Prepared:
    raise AssertionError("compiled again")


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.sql"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_next_process_finds_the_statement_as_it_was_compiled(
    kept: KeptStatements, tmp_path: Path, name: str
) -> None:
    first = compile_expression(QUESTIONS[name], kept)

    assert KeptStatements(tmp_path / "statements").statement(QUESTIONS[name].op(), never) == first
    assert first == compile_expression(QUESTIONS[name])


def test_digests_are_the_same_in_every_process_and_differ_from_each_other() -> None:
    said = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS], env=environment, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)

    assert len(said) == 1
    assert len({digest(question.op()) for question in QUESTIONS.values()}) == len(QUESTIONS)


@given(st.lists(st.one_of(st.integers(-9, 9), st.booleans(), st.text(max_size=3)), min_size=2, max_size=2))
def test_two_values_share_a_digest_only_where_they_share_a_statement(values: list[object]) -> None:
    one, other = (STORES.mutate(value=ibis.literal(value)) for value in values)

    same_digest = digest(one.op()) == digest(other.op())

    assert same_digest == (compile_expression(one) == compile_expression(other))


def test_rows_in_memory_are_not_kept(kept: KeptStatements, tmp_path: Path) -> None:
    rows = ibis.memtable({"shop_id": [1, 2]})

    with pytest.raises(UnkeptError):
        digest(rows.op())
    compile_expression(rows, kept)

    assert files(tmp_path) == []


@pytest.mark.parametrize(("part", "other"), [('"}', ""), ("store", "stare"), ("\n", "")])
def test_a_damaged_file_is_written_anew(kept: KeptStatements, tmp_path: Path, part: str, other: str) -> None:
    first = compile_expression(QUESTIONS["grouped"], kept)
    (file,) = files(tmp_path)
    sound = file.read_text("utf-8")
    file.write_text(sound.replace(part, other), "utf-8")
    prepared._STATEMENTS.clear()

    assert compile_expression(QUESTIONS["grouped"], kept) == first
    assert file.read_text("utf-8") == sound


def test_what_another_version_kept_goes_and_all_else_stays(kept: KeptStatements, tmp_path: Path) -> None:
    older = tmp_path / "statements" / "compiled-0123456789abcdef"
    strange = tmp_path / "statements" / "letters"
    for folder in (older, strange):
        folder.mkdir(parents=True)
        (folder / "x.sql").touch()

    compile_expression(QUESTIONS["grouped"], kept)

    assert not older.exists()
    assert (strange / "x.sql").exists()


def test_another_compiler_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of = kept_statements._version_folder.__wrapped__
    changed = tmp_path / "compiler.py"
    changed.write_bytes(Path(compiler.__file__).read_bytes() + b"# another\n")
    same, ours = folder_of(), kept_statements._SOURCES

    monkeypatch.setattr(kept_statements, "_SOURCES", [changed if path.name == changed.name else path for path in ours])

    assert folder_of() != same == kept_statements._version_folder()


def test_of_too_many_the_older_half_goes(kept: KeptStatements, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for name in QUESTIONS if name != "joined"]
    for number, name in enumerate(names):
        compile_expression(QUESTIONS[name], kept)
        (file,) = (file for file in files(tmp_path) if file.stem == digest(QUESTIONS[name].op()))
        os.utime(file, (number, number))
    monkeypatch.setattr(kept_statements, "MOST_KEPT", 3)
    monkeypatch.setattr(kept_statements, "_TIDIED", set())  # As in the next process.

    compile_expression(QUESTIONS["joined"], KeptStatements(tmp_path / "statements"))

    held = {file.stem for file in files(tmp_path)}
    assert held == {digest(QUESTIONS[name].op()) for name in (*names[2:], "joined")}


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "statements").write_text("a file stands where the folder would", "utf-8")

    assert KeptStatements(tmp_path / "statements").statement(QUESTIONS["grouped"].op(), prepared._compiled).names == ()


def test_transactions_and_prepared_questions_are_kept_and_passing_ones_are_not(
    kept: KeptStatements, tmp_path: Path
) -> None:
    with open_ledger(tmp_path, statements=tmp_path / "statements") as ledger:
        store, wanted = ledger.table("store"), ibis.param("string")
        ledger.query(store.filter(store.name == "王小姐"))
        assert files(tmp_path) == []

        ledger.prepare(store.filter(store.name == wanted), {"name": wanted})
        assert len(files(tmp_path)) == 1

        with ledger.transaction() as tx:
            tx.stage("held", pa.table({"n": [1]}))
            tx.query(store.count().as_table())
        assert len(files(tmp_path)) == 2

"""``zhanggui map``: guess, preview, keep, load."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from zhanggui.ledger.shop import Shop

LINES = [
    "单号,拍下日期,收件手机,状况,订单总价(元),付款日期",
    "A1,2026-09-01 10:00:00,13800138000,已完成,9.90,2026-09-01 10:01:00",
    "A2,2026-09-02 10:00:00,13900139000,出仓中,5.00,2026-09-02 10:01:00",
]


@pytest.fixture
def shop_dir(tmp_path: Path) -> Path:
    """Make an empty shop."""
    Shop.create(tmp_path / "shop").close()
    return tmp_path / "shop"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file of no known format."""
    path = tmp_path / "自建站.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def test_the_guess_and_the_preview_need_no_shop(
    zhanggui: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    found = zhanggui("map", file)

    assert found.exit_code == 0
    assert "table: orders (Orders)" in found.out
    assert "138****8000" in found.out
    assert "13800138000" not in found.out
    assert "2 rows looked at (all rows), 2026-09-01 to 2026-09-02: 2 would be taken" in found.out
    assert "total Order amount CNY: 14.90, in rows taken 14.90" in found.out
    assert "status: 出仓中 × 1 = ? (say it with --word)" in found.out


def test_json_holds_the_guess_the_map_and_the_preview(zhanggui: Run, file: Path, shop_dir: Path) -> None:
    found = zhanggui("map", file, "--shop", shop_dir, "--json").json

    assert found["document"]["columns"] == {
        "order_id": "单号",
        "created_at": "拍下日期",
        "paid_at": "付款日期",
        "status": "状况",
        "order_amount": "订单总价(元)",
        "phone": "收件手机",
    }
    assert {each["name"]: each["score"] >= 0.5 for each in found["mapping"]["guesses"]} == dict.fromkeys(
        found["document"]["columns"], True
    )
    assert (found["preview"]["file_total"], found["preview"]["is_whole"]) == (14.9, True)


def test_each_option_changes_the_map(zhanggui: Run, file: Path, shop_dir: Path) -> None:
    found = zhanggui(
        *("map", file, "--shop", shop_dir, "--json", "--set", 'buyer_id="收件手机"', "--set", "phone="),
        *("--constant", "platform=own_site", "--constant", "shop=官网", "--word", "出仓中=shipped"),
        *("--option", "timezone=Asia/Tokyo", "--option", "orders_complete=true"),
    ).json

    document = found["document"]
    assert (document["columns"]["buyer_id"], "phone" in document["columns"]) == ("收件手机", False)
    assert document["constants"] == {"platform": "own_site", "shop": "官网"}
    assert document["options"] == {"timezone": "Asia/Tokyo", "orders_complete": True}
    assert document["status"] == {"出仓中": "shipped"}
    [words] = [each for each in found["preview"]["words"] if each["name"] == "status"]
    assert words["n_unknown"] == 0


def test_another_table_is_guessed_anew(zhanggui: Run, file: Path, shop_dir: Path) -> None:
    found = zhanggui("map", file, "--shop", shop_dir, "--table", "customers", "--json")

    assert found.json["document"]["table"] == "customers"
    assert found.exit_code == 1
    assert found.json["preview"]["missing"][0][0]["name"] == "buyer_id"


def test_a_map_that_is_kept_and_loaded_reads_the_next_file_by_itself(
    zhanggui: Run, file: Path, shop_dir: Path, tmp_path: Path
) -> None:
    done = zhanggui("map", file, "--word", "出仓中=shipped", "--save", "--load", "--shop", shop_dir)
    nextfile = tmp_path / "十月.csv"
    nextfile.write_text("\n".join([LINES[0], LINES[1].replace("A1", "A3")]) + "\n", encoding="gb18030")
    again = zhanggui("load", nextfile, "--shop", shop_dir, "--json")

    assert done.exit_code == 0
    assert "2 received = 2 accepted" in done.out
    assert (again.exit_code, again.json["files"][0]["format"]) == (0, "map:自建站")
    paid = zhanggui("query", "orders_paid", "--shop", shop_dir, "--json").json["rows"]
    assert paid == [{"orders_paid": 3}]
    listed = zhanggui("map", "--list", "--shop", shop_dir, "--json").json["maps"]
    assert [(each["name"], each["table"]) for each in listed] == [("自建站", "orders")]


def test_a_map_is_loaded_once_without_being_kept(zhanggui: Run, file: Path, shop_dir: Path) -> None:
    loaded = zhanggui("map", file, "--load", "--store", "官网", "--shop", shop_dir)

    # A word that means nothing known is said, and its order is loaded.
    assert loaded.exit_code == 0
    assert "store 官网" in loaded.out
    assert zhanggui("map", "--list", "--shop", shop_dir, "--json").json["maps"] == []


def test_saved_maps_are_shown_renamed_forgotten_and_brought_back(zhanggui: Run, file: Path, shop_dir: Path) -> None:
    zhanggui("map", file, "--save", "--name", "官网订单", "--shop", shop_dir)
    shown = zhanggui("map", "--show", "官网订单", "--shop", shop_dir)
    assert tomllib.loads(shown.out)["columns"]["order_id"] == "单号"

    def names(*words: str) -> list[str]:
        return [each["name"] for each in zhanggui("map", *words, "--shop", shop_dir, "--json").json["maps"]]

    assert names("--rename", "官网订单", "自建站订单") == ["自建站订单"]
    assert names("--delete", "自建站订单") == []
    assert names("--undo") == ["自建站订单"]
    assert names("--undo") == ["官网订单"]


def test_a_map_file_that_is_written_reads_the_file(zhanggui: Run, file: Path, shop_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    written = zhanggui("map", file, "--out", path, "--shop", shop_dir)
    loaded = zhanggui("load", file, "--map", path, "--shop", shop_dir, "--json")
    edited = zhanggui("map", file, "--map", path, "--set", "city=收件手机", "--shop", shop_dir, "--json")

    assert written.exit_code == 0
    assert loaded.json["files"][0]["accepted"] == 2
    assert edited.json["document"]["columns"]["city"] == "收件手机"
    assert zhanggui("map", file, "--out", path, "--shop", shop_dir).exit_code == 2


def test_an_unknown_file_leaves_a_map_with_the_guess_filled_in(
    zhanggui: Run, file: Path, shop_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = zhanggui("load", file, "--shop", shop_dir)

    assert refused.exit_code == 2
    assert "zhanggui map" in refused.err
    draft = (tmp_path / "自建站.toml").read_text(encoding="utf-8")
    assert tomllib.loads(draft)["columns"]["order_amount"] == "订单总价(元)"
    assert zhanggui("load", file, "--map", "自建站.toml", "--shop", shop_dir).exit_code == 0


def test_a_preset_whose_header_drifted_is_what_the_map_starts_from(
    zhanggui: Run, tmp_path: Path, shop_dir: Path
) -> None:
    header = "订单编号,买家应付货款,总金额,买家实际支付金额,订单状态,订单创建时间,支付完成时刻,店铺名称"
    row = "3900000000000000001,9.90,9.90,9.90,交易成功,2026-09-01 10:00:00,2026-09-01 10:01:00,旗舰店"
    path = tmp_path / "drift.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    found = zhanggui("map", path, "--shop", shop_dir, "--json").json

    assert found["mapping"]["start"] == "format:taobao.orders"
    start = found["mapping"]["starts"][0]
    assert "订单付款时间" in start["missing"]
    assert found["document"]["constants"] == {"platform": "taobao"}
    assert found["document"]["columns"]["order_amount"] == "总金额"
    guess = zhanggui("map", path, "--from", "guess", "--shop", shop_dir, "--json").json
    assert guess["mapping"]["start"] == "guess"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--list", "--undo"],
        ["none.csv"],
        ["FILE", "--set", "order_id"],
        ["FILE", "--word", "shipped"],
        ["FILE", "--set", "order_no=单号"],
        ["FILE", "--set", "order_id=没有这一列"],
        ["FILE", "--option", "decimal=x"],
        ["FILE", "--option", "timezone=Mars/Olympus"],
        ["FILE", "--option", "encoding=klingon"],
        ["FILE", "--constant", "currency=XXQ"],
        ["FILE", "--from", "map:none"],
        ["FILE", "--set", "order_id=", "--save"],
        ["--show", "none"],
        ["--delete", "none"],
        ["--undo"],
    ],
)
def test_wrong_use_exits_with_2_and_no_trace(zhanggui: Run, file: Path, shop_dir: Path, words: list[str]) -> None:
    found = zhanggui("map", *(str(file) if word == "FILE" else word for word in words), "--shop", shop_dir)

    assert found.exit_code == 2
    assert "Traceback" not in found.err
    assert "Something went wrong" not in found.err

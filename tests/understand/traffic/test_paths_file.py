"""Files of paths: the public sample is read whole, and a bad file names its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhanggui.understand.traffic.attribution import attribution_of_paths
from zhanggui.understand.traffic.paths_file import PathsFileError, read_paths


def file_of(folder: Path, text: str) -> Path:
    path = folder / "paths.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_in_the_order_of_its_touches(tmp_path: Path) -> None:
    found = read_paths(file_of(tmp_path, "path,conversions,value,nulls\n抖音 > 搜索 > 抖音,2,30.5,1\n搜索,1,9,0\n"))

    assert found.channels == ("抖音", "搜索")
    assert found.blocks[0].touch.tolist() == [0, 1, 0, 1]
    assert found.blocks[0].start.tolist() == [0, 3, 4]
    assert found.blocks[0].value.tolist() == [30.5, 9.0]


def test_columns_may_stand_in_any_order_and_nulls_may_lack(tmp_path: Path) -> None:
    found = read_paths(file_of(tmp_path, "Conversions,Path\n3,a > b\n"))

    assert found.blocks[0].conversions.tolist() == [3.0]
    assert found.blocks[0].nulls.tolist() == [0.0]


def test_a_quoted_channel_may_hold_a_comma(tmp_path: Path) -> None:
    assert read_paths(file_of(tmp_path, 'path,conversions\n"a, b > c",1\n')).channels == ("a, b", "c")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a CSV"),
        ("path,conversions\n", "holds no path"),
        ("channel,conversions\na,1\n", "no column 'path'"),
        ("path,conversions\na,1\nb,many\n", "row 3, column conversions"),
        ("path,conversions\na,-1\n", "row 2, column conversions"),
        ("path,conversions\na,1\na >  > b,1\n", "row 3, path 'a >  > b'"),
        ("path,conversions\n,1\n", "row 2, path ''"),
        ("path,conversions\na,1,9\n", "not a CSV"),
        ("path,conversions,nulls\na,1,nan\n", "row 2, column nulls"),
    ],
)
def test_a_bad_file_is_refused_with_its_row(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PathsFileError, match=says):
        read_paths(file_of(tmp_path, text))


def test_the_answer_names_channels_and_carries_its_evidence(tmp_path: Path) -> None:
    paths = read_paths(file_of(tmp_path, "path,conversions,nulls\nA > B,1,0\nA,0,1\nB,1,0\nB > A,0,1\n"))

    answer = attribution_of_paths(paths, n_draws=5, seed=1).to_json()

    assert answer["conversions"] == 2
    assert answer["models"]["markov_2"] == pytest.approx({"A": 2 / 3, "B": 4 / 3}, rel=1e-12)
    assert answer["removal_effects"]["markov_1"] == pytest.approx({"A": 1 / 3, "B": 1}, rel=1e-12)
    assert answer["evidence"] == "attributed"
    assert set(answer["intervals"]["low"]) == set(answer["models"])

"""The pages of the Data room."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BatchesTile,
    JobsTile,
    MapperTile,
    PageSpec,
    QualityTile,
    QuarantineTile,
    Row,
    SavedMapsTile,
    UploadTile,
)

_QUALITY = QualityTile(
    id="quality",
    title=Text("数据质量", "Data quality"),
    source="/api/v1/quality",
    help=Text(
        "每次导入后检查受影响的店铺和报表。未通过的来源会在用到它的每个数字旁标出；提醒不影响数字，但值得看一眼。",
        "After every load the stores and reports concerned are checked. A source that fails is marked beside every "
        "number that is built on it; a warning changes no number and is worth a look.",
    ),
)

FILES = PageSpec(
    id="data",
    path="/data",
    title=Text("数据", "Data"),
    room="data",
    icon="data",
    rows=(
        Row(tiles=(UploadTile(id="upload", title=Text("导入文件", "Load files"), source="/api/v1/load"),)),
        Row(tiles=(_QUALITY,)),
        Row(
            tiles=(
                BatchesTile(
                    id="batches",
                    title=Text("文件", "Files"),
                    source="/api/v1/batches",
                    help=Text(
                        "每个文件：接受 + 重复 + 被取代 + 隔离 + 拒绝 = 收到",
                        "For each file: accepted + duplicate + superseded + quarantined + rejected = received",
                    ),
                ),
            )
        ),
        Row(
            tiles=(
                QuarantineTile(
                    id="quarantine",
                    title=Text("隔离的行", "Quarantined rows"),
                    source="/api/v1/quarantine",
                    help=Text(
                        "不能入账的行保留在这里，改好后重新导入即可入账。",
                        "Rows that could not be booked stay here; once corrected they can be replayed.",
                    ),
                ),
            )
        ),
        Row(tiles=(JobsTile(id="jobs", title=Text("任务", "Work"), source="/api/v1/jobs"),)),
    ),
)

QUARANTINE = PageSpec(
    id="quarantine",
    path="/data/quarantine",
    title=Text("隔离的行", "Quarantined rows"),
    room="data",
    icon="data",
    rows=(Row(tiles=(QuarantineTile(id="quarantine", source="/api/v1/quarantine"),)),),
)

JOBS = PageSpec(
    id="jobs",
    path="/data/jobs",
    title=Text("任务", "Work"),
    room="data",
    icon="data",
    rows=(Row(tiles=(JobsTile(id="jobs", source="/api/v1/jobs"),)),),
)

QUALITY = PageSpec(
    id="quality",
    path="/data/quality",
    title=Text("数据质量", "Data quality"),
    room="data",
    icon="data",
    rows=(Row(tiles=(_QUALITY,)),),
)

MAPPING = PageSpec(
    id="mapping",
    path="/data/map",
    title=Text("列对应", "Column mapper"),
    room="data",
    icon="data",
    rows=(
        Row(tiles=(MapperTile(id="mapper", source="/api/v1/mapping"),)),
        Row(
            tiles=(
                SavedMapsTile(
                    id="saved_maps",
                    title=Text("已保存的列对应", "Saved maps"),
                    source="/api/v1/mapping/maps",
                    help=Text(
                        "同样表头的文件会自动按保存的列对应读取，列的先后、空格、全角半角都不影响。",
                        "Files with the same header are read with the map that was saved for it, whatever the order of "
                        "their columns, blanks and widths.",
                    ),
                ),
            )
        ),
    ),
)

PAGES = (FILES, QUALITY, QUARANTINE, JOBS, MAPPING)

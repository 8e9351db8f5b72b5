"""The parts of a workbook around its one sheet, as Office Open XML wants them."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import quoteattr

SHEET_PART = "xl/worksheets/sheet1.xml"

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Whoever writes row by row does not know the size at the start; Tmall's exports all say A1.
SHEET_START = f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="A1"/><sheetData>'
SHEET_END = "</sheetData></worksheet>"


def workbook_parts(sheet: str, made_at: datetime) -> dict[str, str]:
    """Return the text of each part but the sheet itself, by its name in the archive.

    Parameters
    ----------
    sheet : str
        Name of the sheet.
    made_at : datetime
        When the workbook says that it was made.
    """
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(made_at),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name={quoteattr(sheet)} sheetId="1" r:id="sheet"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ("sheet", f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"), ("styles", f"{_OFFICE}/styles", "styles.xml")
        ),
        "xl/styles.xml": _styles(),
    }


def _content_types() -> str:
    parts = {
        "/xl/workbook.xml": f"{_TYPES}.sheet.main+xml",
        f"/{SHEET_PART}": f"{_TYPES}.worksheet+xml",
        "/xl/styles.xml": f"{_TYPES}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, kind, to in relations)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _properties(made_at: datetime) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_at:%Y-%m-%dT%H:%M:%SZ}</dcterms:created></cp:coreProperties>'
    )


def _styles() -> str:
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )

import { BarChartOutlined, DownloadOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useRef, useState, type ReactNode, type Ref } from 'react'
import type { TableData, TileNotes } from '../../api/types'
import { useView } from '../../app/navigation'
import { sourceUrl } from '../../filters/filters'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { DataTable } from '../../table/DataTable/DataTable'
import { downloadCsv, downloadPng } from '../../table/csv'
import type { TileProps } from '../../tiles/Tile/Tile'
import { TileFrame } from '../../tiles/Tile/TileFrame'
import { notesOf } from '../../tiles/Tile/WithData'
import type { ChartHandle } from '../Chart/Chart'
import { tableCsv } from '../tabular'

/** So that the card keeps its size when the drawing gives way to rows. */
const TABLE_HEIGHTS = { s: 116, m: 266, l: 406 }

interface ChartTileProps {
  tile: TileProps
  data: TileNotes & { currency?: string | null; export?: string | null }
  table: Pick<TableData, 'columns' | 'rows'>
  isStale: boolean
  /** Whether it is drawn as a picture that can be taken away. */
  hasPicture?: boolean
  legend?: ReactNode
  children: (ref: Ref<ChartHandle>) => ReactNode
}

/** What all charts share: title line, switch to a table, exports. */
export function ChartTile({
  tile,
  data,
  table,
  isStale,
  hasPicture = true,
  legend,
  children,
}: ChartTileProps) {
  const { lang, t, say } = useWords()
  const { params, open } = useView()
  const [isTable, setTable] = useState(false)
  const chart = useRef<ChartHandle>(null)
  const title = say(tile.spec.title) || t('tile.untitled')
  const exportAs = (kind: string) => {
    if (kind === 'png') {
      const png = chart.current?.png() ?? null
      if (png !== null) downloadPng(png, title)
    } else if (data.export) open(sourceUrl(data.export, tile.routeParams, params))
    else downloadCsv(tableCsv(table, lang), title)
  }
  const switchLabel = t(isTable ? 'tile.as_chart' : 'tile.as_table')
  const items = [
    { key: 'csv', label: t('tile.csv') },
    ...(isTable || !hasPicture ? [] : [{ key: 'png', label: t('tile.png') }]),
  ]
  const actions = (
    <>
      <Button
        type="text"
        size="small"
        icon={isTable ? <BarChartOutlined /> : <TableOutlined />}
        aria-label={`${switchLabel}: ${title}`}
        title={switchLabel}
        onClick={() => setTable(!isTable)}
      />
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => exportAs(key) }}>
        <Button
          type="text"
          size="small"
          icon={<DownloadOutlined />}
          aria-label={`${t('tile.more')}: ${title}`}
          title={t('tile.more')}
        />
      </Dropdown>
    </>
  )
  return (
    <TileFrame
      title={title}
      help={say(tile.spec.help)}
      beside={isTable ? null : legend}
      actions={actions}
      isStale={isStale}
      flush={isTable}
    >
      {isTable ? (
        <DataTable
          name={title}
          {...table}
          currency={data.currency}
          maxHeight={TABLE_HEIGHTS[tile.height ?? 'm']}
        />
      ) : (
        <>
          <NoteStrip notes={notesOf(data)} />
          {children(chart)}
        </>
      )}
    </TileFrame>
  )
}

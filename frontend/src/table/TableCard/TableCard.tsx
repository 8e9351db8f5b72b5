import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TableData } from '../../api/types'
import { useView } from '../../app/navigation'
import { tableCsv } from '../../charts/tabular'
import { sourceUrl } from '../../filters/filters'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { TileFrame } from '../../tiles/Tile/TileFrame'
import { DataTable } from '../DataTable/DataTable'
import type { Sorting } from '../cells'
import { downloadCsv } from '../csv'

interface TableCardProps {
  title: string
  help?: string
  data: TableData
  isStale: boolean
  routeParams: Record<string, string | undefined>
  sorting: Sorting | null
  onPage: (page: number) => void
  onSort: (sorting: Sorting) => void
  maxHeight?: number | string
}

/** A table with its card and export. */
export function TableCard({
  title,
  help,
  data,
  isStale,
  routeParams,
  sorting,
  onPage,
  onSort,
  maxHeight,
}: TableCardProps) {
  const { lang, t } = useWords()
  const { params, open } = useView()
  const name = title || t('drill.rows')
  const exportCsv = () => {
    if (data.export) open(sourceUrl(data.export, routeParams, params))
    else downloadCsv(tableCsv(data, lang), name)
  }
  const isPartial = !data.export && data.pages > 1
  const actions = (
    <Button
      type="text"
      size="small"
      icon={<DownloadOutlined />}
      aria-label={`${t('table.export')}: ${name}`}
      title={isPartial ? t('table.page_only', { n: data.rows.length }) : t('table.export')}
      onClick={exportCsv}
    />
  )
  return (
    <TileFrame title={title} help={help} actions={actions} isStale={isStale} flush>
      <NoteStrip notes={[data.partial, ...(data.warnings ?? [])]} />
      <DataTable
        name={name}
        columns={data.columns}
        rows={data.rows}
        total={data.total}
        currency={data.currency}
        server={{ page: data.page, pages: data.pages, nRows: data.n_rows, sorting, onPage, onSort }}
        maxHeight={maxHeight}
      />
    </TileFrame>
  )
}

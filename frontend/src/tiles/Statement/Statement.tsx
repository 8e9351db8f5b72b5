import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { StatementData } from '../../api/types'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { downloadCsv } from '../../table/csv'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { StatementTable } from './StatementTable'
import { statementCsv } from './lines'
import './Statement.css'

/** Accounts that add up from the first line to the last, periods side by side. */
export default function Statement(tile: TileProps) {
  const { lang, t, say } = useWords()
  const title = say(tile.spec.title) || t('tile.untitled')
  return (
    <WithData<StatementData> tile={tile} isEmpty={(data) => data.lines.length === 0}>
      {({ data, isStale }) => (
        <TileFrame
          title={title}
          help={say(tile.spec.help)}
          isStale={isStale}
          flush
          actions={
            <Button
              type="text"
              size="small"
              icon={<DownloadOutlined />}
              aria-label={`${t('table.export')}: ${title}`}
              title={t('table.export')}
              onClick={() => downloadCsv(statementCsv(data, lang), title)}
            />
          }
        >
          <NoteStrip notes={notesOf(data)} />
          <StatementTable data={data} name={title} />
        </TileFrame>
      )}
    </WithData>
  )
}

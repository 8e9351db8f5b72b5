import { CheckCircleOutlined } from '@ant-design/icons'
import { Button, Checkbox, Pagination } from 'antd'
import { useState } from 'react'
import type { QuarantineData } from '../../api/types'
import { NoteStrip } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData, notesOf } from '../Tile/WithData'
import { QuarantineLine } from './QuarantineLine'
import { ReplayProgress } from './ReplayProgress'
import { useFixes } from './useFixes'
import './Quarantine.css'

function NoRows() {
  const { t } = useWords()
  return (
    <div className="state">
      <CheckCircleOutlined aria-hidden />
      <p className="state-what">{t('quarantine.none')}</p>
      <p>{t('quarantine.none_next')}</p>
    </div>
  )
}

/** Rows that could not be booked: why, where, and a way back in. */
export default function Quarantine(tile: TileProps) {
  const { t, say } = useWords()
  const [page, setPage] = useState(1)
  const fixes = useFixes()
  return (
    <WithData<QuarantineData> tile={tile} extra={{ page: page > 1 ? page : null }}>
      {({ data, isStale }) => {
        const ids = data.rows.map((row) => row.id)
        const nChosen = ids.filter((id) => fixes.chosen.has(id)).length
        const pages = data.pages ?? 1
        return (
          <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)} isStale={isStale}>
            <NoteStrip notes={notesOf(data)} />
            <ReplayProgress jobId={fixes.jobId} error={fixes.error} />
            {data.rows.length === 0 ? (
              <NoRows />
            ) : (
              <>
                <div className="quarantine-bar">
                  <Checkbox
                    checked={nChosen === ids.length}
                    indeterminate={nChosen > 0 && nChosen < ids.length}
                    onChange={(event) => fixes.chooseAll(ids, event.target.checked)}
                  >
                    {t('table.select_all')}
                  </Checkbox>
                  <span className="quarantine-count">{t('table.n_rows', { n: data.n_rows })}</span>
                  <Button
                    type="primary"
                    disabled={nChosen === 0}
                    loading={fixes.isSending}
                    onClick={() => fixes.replay(ids)}
                  >
                    {t('quarantine.replay', { n: nChosen })}
                  </Button>
                </div>
                <ul className="quarantine">
                  {data.rows.map((row) => (
                    <QuarantineLine
                      key={row.id}
                      row={row}
                      isChosen={fixes.chosen.has(row.id)}
                      values={fixes.values[row.id] ?? {}}
                      onChoose={(isChosen) => fixes.chooseAll([row.id], isChosen)}
                      onEdit={(header, value) => fixes.edit(row.id, header, value)}
                    />
                  ))}
                </ul>
                {pages > 1 && (
                  <Pagination
                    size="small"
                    current={page}
                    total={pages}
                    pageSize={1}
                    showSizeChanger={false}
                    onChange={setPage}
                  />
                )}
              </>
            )}
          </TileFrame>
        )
      }}
    </WithData>
  )
}

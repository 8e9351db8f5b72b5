import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Select, Switch } from 'antd'
import { postJson } from '../../api/client'
import type { ReportSchedule as Schedule, ReportSent } from '../../api/types'
import { useView } from '../../app/navigation'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import './ReportSchedule.css'

const LENGTHS = ['day', 'week', 'month'] as const
const SCHEDULE = '/api/v1/reports/schedule'

/** Send the report on screen; a channel that has it already gets it not again. */
function SendNow() {
  const { t } = useWords()
  const { params } = useView()
  const { message } = App.useApp()
  const length = LENGTHS.find((each) => each === params.get('by')) ?? 'day'
  const send = useMutation({
    mutationFn: () =>
      postJson<ReportSent>(`/api/v1/reports/${length}/send`, {
        date: params.get('to'),
        stores: params.getAll('shop'),
      }),
    onSuccess: ({ n_channels }) =>
      void message.info(n_channels > 0 ? t('reports.sent', { n: n_channels }) : t('reports.sent_before')),
  })
  return (
    <>
      <Button size="small" loading={send.isPending} onClick={() => send.mutate()}>
        {t('reports.send', { name: t(`reports.${length}`) })}
      </Button>
      {send.isError && <ErrorState error={send.error} />}
    </>
  )
}

function Settings({ data }: { data: Schedule }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (wanted: Partial<Schedule>) => {
      const { lengths, at, channels } = { ...data, ...wanted }
      return postJson<Schedule>(SCHEDULE, { lengths, at, channels })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['tile'] }),
  })
  return (
    <div className="report-schedule">
      {LENGTHS.map((length) => (
        <label key={length}>
          <Switch
            size="small"
            checked={data.lengths.includes(length)}
            aria-label={t('reports.on', { name: t(`reports.${length}`) })}
            onChange={(isOn) =>
              change.mutate({
                lengths: LENGTHS.filter((each) => (each === length ? isOn : data.lengths.includes(each))),
              })
            }
          />
          <span>{t(`reports.${length}`)}</span>
          {data.last_told[length] !== undefined && (
            <span className="report-schedule-small digits">
              {t('reports.last', { day: data.last_told[length] })}
            </span>
          )}
        </label>
      ))}
      <label>
        <span>{t('reports.at', { zone: data.timezone })}</span>
        <Input
          key={data.at}
          type="time"
          size="small"
          defaultValue={data.at}
          aria-label={t('reports.at', { zone: data.timezone })}
          onBlur={(event) => {
            if (event.target.value !== data.at && event.target.value !== '')
              change.mutate({ at: event.target.value })
          }}
        />
      </label>
      {data.known_channels.length === 0 ? (
        <span className="report-schedule-small">{t('reports.no_channel')}</span>
      ) : (
        <Select
          mode="multiple"
          size="small"
          className="report-schedule-channels"
          value={data.channels}
          placeholder={t('reports.all_channels')}
          aria-label={t('reports.channels')}
          options={data.known_channels.map((name) => ({ value: name, label: name }))}
          onChange={(channels: string[]) => change.mutate({ channels })}
        />
      )}
      <SendNow />
      {change.isError && <ErrorState error={change.error} />}
    </div>
  )
}

/** Which reports are told by themselves, when and to whom; and one to send now. */
export default function ReportSchedule(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<Schedule> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame title={say(tile.spec.title)} help={say(tile.spec.help)} isStale={isStale}>
          <Settings data={data} />
        </TileFrame>
      )}
    </WithData>
  )
}

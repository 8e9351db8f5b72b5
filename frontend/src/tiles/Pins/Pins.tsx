import { Select } from 'antd'
import type { PinsData } from '../../api/types'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { KpiGrid } from '../Kpis/Kpis'
import { usePin } from '../Kpis/useCockpit'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import './Pins.css'

/** Figures that the shop has chosen, and a place to choose another. */
export default function Pins(tile: TileProps) {
  const { t, say } = useWords()
  const pin = usePin()
  return (
    <WithData<PinsData> tile={tile}>
      {({ data, isStale }) => (
        <TileFrame
          title={say(tile.spec.title)}
          help={say(tile.spec.help)}
          isStale={isStale}
          actions={
            <Select
              className="pins-add"
              size="small"
              value={null}
              placeholder={t('pins.add')}
              aria-label={t('pins.add')}
              showSearch={{ optionFilterProp: 'label' }}
              loading={pin.isPending}
              popupMatchSelectWidth={false}
              options={data.choices.map(({ name, label }) => ({ value: name, label: say(label) }))}
              onChange={(metric: string | null) => {
                if (metric !== null) pin.mutate({ metric, is_pinned: true })
              }}
            />
          }
        >
          {pin.isError && <ErrorState error={pin.error} />}
          {data.items.length === 0 ? <p className="pins-none">{t('pins.none')}</p> : <KpiGrid data={data} />}
        </TileFrame>
      )}
    </WithData>
  )
}

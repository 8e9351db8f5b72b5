import { useMutation } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { getJson } from '../../api/client'
import type { Calculated, CalculatorRow, CalculatorsData } from '../../api/types'
import type { Key } from '../../i18n/zh'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import type { TileProps } from '../Tile/Tile'
import { TileFrame } from '../Tile/TileFrame'
import { WithData } from '../Tile/WithData'
import './Calculators.css'

/** Formulas with a box for each number; the server works them out. */
export default function Calculators(tile: TileProps) {
  const { say } = useWords()
  return (
    <WithData<CalculatorsData> tile={tile}>
      {({ data }) => (
        <TileFrame title={say(tile.spec.title)}>
          <div className="calculators">
            {data.calculators.map((each) => (
              <Calculator key={each.name} calculator={each} />
            ))}
          </div>
        </TileFrame>
      )}
    </WithData>
  )
}

function Calculator({ calculator }: { calculator: CalculatorRow }) {
  const { t, say } = useWords()
  const [numbers, setNumbers] = useState<Record<string, number | null>>(() => examples(calculator))
  const work = useMutation({
    mutationFn: () => getJson<Calculated>(`/api/v1/traffic/calculators/${calculator.name}?${query(numbers)}`),
  })
  return (
    <form
      className="calculator"
      aria-label={say(calculator.title)}
      onSubmit={(event) => {
        event.preventDefault()
        work.mutate()
      }}
    >
      <h3>
        {say(calculator.title)} <small>{calculator.catalogue_id}</small>
      </h3>
      <p className="calculator-formula">{say(calculator.expression)}</p>
      {calculator.inputs.map((input) => (
        <label key={input.name}>
          <span>{say(input.label)}</span>
          <InputNumber
            value={numbers[input.name] ?? null}
            controls={false}
            placeholder={input.example === null ? t('calc.optional') : undefined}
            onChange={(value) => setNumbers({ ...numbers, [input.name]: value })}
          />
        </label>
      ))}
      <Button htmlType="submit" type="primary" loading={work.isPending}>
        {t('calc.go')}
      </Button>
      {work.isError && <ErrorState error={work.error} />}
      {work.data && <Result found={work.data} />}
      {calculator.note && <p className="calculator-note">{say(calculator.note)}</p>}
    </form>
  )
}

function Result({ found }: { found: Calculated }) {
  const { t, say } = useWords()
  return (
    <dl className="calculator-result" aria-live="polite">
      {found.results.map((line) => (
        <div key={line.name}>
          <dt>{say(line.label)}</dt>
          <dd className="digits">{say(line.text)}</dd>
        </div>
      ))}
      {found.light && (
        <dd className={`calculator-light ${found.light}`}>{t(`calc.${found.light}` as Key)}</dd>
      )}
    </dl>
  )
}

function examples(calculator: CalculatorRow): Record<string, number | null> {
  return Object.fromEntries(calculator.inputs.map((input) => [input.name, input.example ?? null]))
}

/** Empty boxes say nothing. */
export function query(numbers: Record<string, number | null>): string {
  const said = Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null)
  return new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
}

import { DownloadOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useId } from 'react'
import type { PageSpec } from '../../api/types'
import { useView } from '../../app/navigation'
import { chosen, sourceUrl, withChoice } from '../../filters/filters'
import { useWords } from '../../settings/SettingsProvider'
import type { RouteParams } from '../../tiles/Tile/Tile'
import './PageActions.css'

type Choice = PageSpec['choices'][number]

function ChoiceSelect({ choice }: { choice: Choice }) {
  const { say } = useWords()
  const { params, setParams } = useView()
  const id = useId()
  return (
    <div className="page-choice">
      <label htmlFor={id}>{say(choice.label)}</label>
      <Select
        id={id}
        value={chosen(params, choice)}
        aria-label={say(choice.label)}
        options={choice.options.map(({ value, label }) => ({ value, label: say(label) }))}
        onChange={(value: string) => setParams(withChoice(params, choice, value))}
        popupMatchSelectWidth={false}
      />
    </div>
  )
}

/** What a page lets one choose beside the filters, and the files it offers. */
export function PageActions({ spec, routeParams }: { spec: PageSpec; routeParams: RouteParams }) {
  const { lang, say } = useWords()
  const { params } = useView()
  if (spec.choices.length + spec.exports.length === 0) return null
  return (
    <div className="page-actions">
      {spec.choices.map((choice) => (
        <ChoiceSelect key={choice.key} choice={choice} />
      ))}
      <div className="page-exports">
        {spec.exports.map((file) => (
          <Button
            key={file.id}
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            href={sourceUrl(file.source, routeParams, params, { lang })}
            download
          >
            {say(file.label)}
          </Button>
        ))}
      </div>
    </div>
  )
}

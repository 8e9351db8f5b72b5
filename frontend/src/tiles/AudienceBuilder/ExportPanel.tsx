import { Alert, Button, Segmented } from 'antd'
import { useState } from 'react'
import type { AudienceRow } from '../../api/types'
import { countText } from '../../format/value'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { downloadCsv } from '../../table/csv'
import { useExport, type Purpose } from './useAudiences'

/** What a file may be used for, said before it is made; then the file. */
export function ExportPanel({ audience }: { audience: AudienceRow }) {
  const { lang, t, say } = useWords()
  const [purpose, setPurpose] = useState<Purpose>('marketing')
  const file = useExport(({ content, file: name }) => downloadCsv(content, name.replace(/\.csv$/, '')))
  return (
    <div className="rule-form">
      <Alert type="warning" showIcon message={t('aud.export_warning')} />
      <Segmented<Purpose>
        value={purpose}
        aria-label={t('aud.purpose')}
        options={(['marketing', 'analysis'] as const).map((value) => ({
          value,
          label: t(`aud.purpose.${value}`),
        }))}
        onChange={setPurpose}
      />
      {file.error !== null && <ErrorState error={file.error} />}
      {file.data !== undefined && (
        <div role="status">
          <p>{t('aud.exported', { n: countText(file.data.people), file: file.data.file })}</p>
          <p>{say(file.data.warning)}</p>
        </div>
      )}
      <div className="rule-foot">
        <Button
          type="primary"
          loading={file.isPending}
          onClick={() => file.mutate({ name: audience.name, purpose, language: lang })}
        >
          {t('aud.export_do')}
        </Button>
      </div>
    </div>
  )
}

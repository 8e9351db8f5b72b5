import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useEffect, useState } from 'react'
import { ApiError, postJson } from '../../api/client'
import type { JobId, LoadReport, MapDocument, MapPreview, Mapping } from '../../api/types'
import { Go } from '../../app/navigation'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { isActive, useJob } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'
import { FileOutcome } from '../../uploads/FileOutcome/FileOutcome'
import { TileFrame } from '../Tile/TileFrame'
import { Field } from './Field'
import { nameOf } from './mapDocument'
import { fileUrl } from './useMapping'

const OWN = new Set(['job', 'mapping', 'mapping-preview'])

interface LoadBarProps {
  fileId: string
  mapping: Mapping
  preview: MapPreview | undefined
  document: MapDocument
}

/** Keep the map and load the file, with progress, then what became of its rows. */
export function LoadBar({ fileId, mapping, preview, document }: LoadBarProps) {
  const { t } = useWords()
  const queries = useQueryClient()
  const file = mapping.file?.file ?? ''
  const [isKept, setKept] = useState(true)
  const [name, setName] = useState(mapping.saved_as ?? nameOf(file))
  const [jobId, setJobId] = useState<JobId | null>(null)
  const { data: job } = useJob(jobId)
  const load = useMutation({
    mutationFn: (store: string | null) =>
      postJson<{ job_id: JobId }>(fileUrl(fileId, 'load'), {
        document,
        source_table: mapping.reading.table,
        name: isKept ? name.trim() : null,
        store,
      }),
    onSuccess: ({ job_id }) => setJobId(job_id),
  })
  const isDone = job?.state === 'done'
  useEffect(() => {
    // The file waits no longer, so it alone is not asked about again.
    if (isDone) void queries.invalidateQueries({ predicate: ({ queryKey }) => !OWN.has(String(queryKey[0])) })
  }, [isDone, queries])
  if (isDone) return <Outcome file={file} report={job.result as LoadReport} />
  const isRunning = load.isPending || (jobId !== null && isActive(job))
  const isReady = preview !== undefined && preview.problem === null && preview.missing.length === 0
  const stores = job?.error?.code === 'store_ambiguous' ? (job.error.choices ?? []) : []
  return (
    <section className="card map-load" aria-label={t('mapper.load')}>
      <div className="map-load-line">
        <Checkbox checked={isKept} onChange={(event) => setKept(event.target.checked)}>
          {t('mapper.keep')}
        </Checkbox>
        {isKept && (
          <Field label={t('mapper.name')}>
            {(id) => (
              <Input id={id} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
        )}
        <Button
          type="primary"
          disabled={!isReady || (isKept && name.trim() === '')}
          loading={isRunning}
          onClick={() => load.mutate(null)}
        >
          {t(isKept ? 'mapper.load_and_save' : 'mapper.load')}
        </Button>
      </div>
      {isRunning && job !== undefined && <JobProgress job={job} name={file} />}
      {load.isError && <ErrorState error={load.error} />}
      {stores.length > 0 ? (
        <p className="map-stores">
          {t('mapper.which_store')}{' '}
          {stores.map((store) => (
            <Button key={store.name} size="small" onClick={() => load.mutate(store.name)}>
              {store.name}
            </Button>
          ))}
        </p>
      ) : (
        job?.error && <ErrorState error={new ApiError(job.error, 200)} />
      )}
      {preview !== undefined && preview.toml !== '' && (
        <details className="map-toml">
          <summary>{t('mapper.as_text')}</summary>
          <pre tabIndex={0}>{preview.toml}</pre>
        </details>
      )}
    </section>
  )
}

function Outcome({ file, report }: { file: string; report: LoadReport }) {
  const { t } = useWords()
  return (
    <TileFrame title={t('mapper.loaded', { file })}>
      <div role="status">
        {report.files.map((each) => (
          <FileOutcome key={each.file} report={each} />
        ))}
      </div>
      <p className="map-load-line">
        <Go href="/">{t('upload.see_overview')}</Go>
        <Go href="/data/map">{t('mapper.next_file')}</Go>
      </p>
    </TileFrame>
  )
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, AutoComplete, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { ApiError, postJson } from '../../api/client'
import { useMeta } from '../../api/queries'
import type { Batch, JobId } from '../../api/types'
import { JobProgress } from '../../jobs/JobProgress/JobProgress'
import { isActive, refreshAll, useJob } from '../../jobs/jobs'
import { ErrorState } from '../../page/States/States'
import { useWords } from '../../settings/SettingsProvider'

/** Put a batch into another store; every total follows. */
export function MoveBatch({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { t, say } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const meta = useMeta()
  const [store, setStore] = useState('')
  const [jobId, setJobId] = useState<JobId | null>(null)
  const { data: job } = useJob(jobId)
  const move = useMutation({
    mutationFn: () =>
      postJson<{ job_id?: JobId }>(`/api/v1/batches/${encodeURIComponent(String(batch.id))}/move`, {
        store: store.trim(),
      }),
    onSuccess: ({ job_id }) => (job_id === undefined ? finish() : setJobId(job_id)),
  })
  const finish = () => {
    refreshAll(queries)
    void message.success(t('batches.moved', { store: store.trim() }))
    onClose()
  }
  const isDone = job?.state === 'done'
  useEffect(() => {
    if (isDone) finish()
    // Runs once, when the job ends.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isDone])
  const stores = (meta.data?.dimensions.shop ?? []).filter(({ value }) => value !== batch.store)
  return (
    <Modal
      open
      title={t('batches.move_title', { file: batch.file })}
      okText={t('batches.move_do')}
      cancelText={t('common.cancel')}
      okButtonProps={{
        disabled: store.trim() === '',
        loading: move.isPending || (jobId !== null && !isDone && job?.state !== 'failed'),
      }}
      onOk={() => move.mutate()}
      onCancel={onClose}
    >
      <p className="batch-why">{t('batches.move_why')}</p>
      <AutoComplete
        value={store}
        onChange={setStore}
        options={stores.map(({ value, label }) => ({ value, label: say(label) || value }))}
        placeholder={t('batches.target')}
        aria-label={t('batches.target')}
        className="batch-target"
      />
      {job !== undefined && isActive(job) && <JobProgress job={job} name={t('jobs.kind.move')} />}
      {move.isError && <ErrorState error={move.error} />}
      {job?.error && <ErrorState error={new ApiError(job.error, 200)} />}
    </Modal>
  )
}

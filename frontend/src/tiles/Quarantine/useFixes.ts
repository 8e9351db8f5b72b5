import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { postJson } from '../../api/client'
import type { JobId, QuarantineRow } from '../../api/types'

type Id = QuarantineRow['id']
type Values = Record<string, string>

/** What the person has chosen and changed, until it is replayed. */
export function useFixes() {
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [values, setValues] = useState<Record<Id, Values>>({})
  const [jobId, setJobId] = useState<JobId | null>(null)
  const send = useMutation({
    mutationFn: (ids: readonly Id[]) =>
      postJson<{ job_id: JobId }>('/api/v1/quarantine/replay', {
        fixes: ids.map((id) => ({ id, values: values[id] ?? {} })),
      }),
    onSuccess: ({ job_id }) => {
      setJobId(job_id)
      setChosen(new Set())
      setValues({})
    },
  })
  const chooseAll = (ids: readonly Id[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (isChosen) next.add(id)
      else next.delete(id)
    }
    setChosen(next)
  }
  const edit = (id: Id, header: string, value: string) => {
    setValues((before) => ({ ...before, [id]: { ...before[id], [header]: value } }))
    // A row that was changed is meant to be replayed.
    chooseAll([id], true)
  }
  return {
    chosen,
    values,
    jobId,
    error: send.error,
    isSending: send.isPending,
    chooseAll,
    edit,
    replay: (onPage: readonly Id[]) => send.mutate(onPage.filter((id) => chosen.has(id))),
  }
}

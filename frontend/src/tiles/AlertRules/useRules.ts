import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from '../../api/client'
import type { BackTest } from '../../api/types'
import type { RuleDraft } from './draft'

const RULES = '/api/v1/alerts/rules'

function useFresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['tile'] })
}

/** Switch a rule, or forget what was said of it. */
export function useRuleChange() {
  const refresh = useFresh()
  return useMutation({
    mutationFn: ({ name, what, body }: { name: string; what: 'switch' | 'forget'; body: object }) =>
      postJson(`${RULES}/${encodeURIComponent(name)}/${what}`, body),
    onSuccess: refresh,
  })
}

/** Keep a rule. */
export function useRuleSave(onSaved: () => void) {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (rule: RuleDraft) => postJson(RULES, { rules: [rule] }),
    onSuccess: () => {
      onSaved()
      return refresh()
    },
  })
}

/** Hold a rule against history; nothing is kept. */
export function useBackTest() {
  return useMutation({
    mutationFn: (rule: RuleDraft) => postJson<BackTest>('/api/v1/alerts/backtest', { rule }),
  })
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from '../../api/client'

function useFresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['tile'] })
}

/** Put a metric on the cockpit, or take it down. */
export function usePin() {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (pin: { metric: string; is_pinned: boolean }) => postJson('/api/v1/cockpit/pins', pin),
    onSuccess: refresh,
  })
}

/** Keep what a figure should be; null takes it away. */
export function useGoal(onKept: () => void) {
  const refresh = useFresh()
  return useMutation({
    mutationFn: (goal: { metric: string; goal: number | null }) => postJson('/api/v1/cockpit/goals', goal),
    onSuccess: () => {
      onKept()
      return refresh()
    },
  })
}

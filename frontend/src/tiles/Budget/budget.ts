import type { BudgetData } from '../../api/types'
import type { Key } from '../../i18n/zh'

/** Targets typed but not saved; null takes a target away. */
export type Entered = Record<string, number | null>

type State = BudgetData['rows'][number]['cells'][number]['state']

/** Words of a state; of the month that still runs it is an outlook. */
export function stateKey(state: State | undefined, isCurrent: boolean): Key | null {
  if (state === undefined || state === 'none') return null
  return isCurrent ? `budget.${state}_forecast` : `budget.${state}`
}

import { zh, type Key } from '../../i18n/zh'

/** The key of a word that the server names; a word that we do not know falls back to another. */
function known(key: string, fallback: Key): Key {
  return key in zh ? (key as Key) : fallback
}

export const severityKey = (word: string) => known(`alerts.severity.${word}`, 'alerts.severity.warning')
export const standingKey = (word: string) => known(`alerts.standing.${word}`, 'alerts.standing.on')
export const outcomeKey = (word: string) => known(`alerts.outcome.${word}`, 'alerts.outcome.no_action')
export const stepKey = (word: string) => known(`alerts.step.${word}`, 'alerts.step.note')
export const originKey = (word: string) => known(`rules.origin.${word}`, 'rules.origin.own')

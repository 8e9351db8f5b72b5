import { ExclamationCircleFilled } from '@ant-design/icons'
import { Go } from '../../app/navigation'
import { useWords } from '../../settings/SettingsProvider'
import { usePageDoubts } from '../doubts'
import './DoubtStrip.css'

const NAMED = 3

/** On top of a page: which checks the sources of its numbers fail. */
export function DoubtStrip() {
  const { t, say } = useWords()
  const doubts = usePageDoubts()
  if (doubts.length === 0) return null
  const names = doubts.slice(0, NAMED).map(({ label }) => say(label))
  const rest = doubts.length - names.length
  return (
    <div className="doubt-strip" role="note">
      <ExclamationCircleFilled aria-hidden />
      <p>
        {t('quality.page', { n: doubts.length })}
        {names.join(t('quality.joint'))}
        {rest > 0 && t('quality.and_more', { n: rest })}
      </p>
      <Go href={doubts[0]?.href ?? '/data/quality'}>{t('quality.open')}</Go>
    </div>
  )
}

import { CheckCircleFilled, WarningFilled } from '@ant-design/icons'
import type { Equation as EquationData } from '../../api/types'
import { countText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import './Equation.css'

const PARTS = ['accepted', 'duplicate', 'superseded', 'quarantined', 'rejected'] as const

/** Whether every received row is accounted for. */
export function holds(equation: EquationData): boolean {
  return PARTS.reduce((sum, part) => sum + equation[part], 0) === equation.received
}

/** received = accepted + duplicate + superseded + quarantined + rejected */
export function Equation({ equation }: { equation: EquationData }) {
  const { t } = useWords()
  const isTrue = holds(equation)
  return (
    <p className="equation" aria-label={t('equation.label')} role="group">
      <span className="equation-term">
        {t('equation.received')} <b className="digits">{countText(equation.received)}</b>
      </span>
      {PARTS.map((part, index) => (
        <span key={part} className={`equation-term is-${part}${equation[part] === 0 ? ' is-zero' : ''}`}>
          <span className="equation-sign">{index === 0 ? '=' : '+'}</span>
          {t(`equation.${part}`)} <b className="digits">{countText(equation[part])}</b>
        </span>
      ))}
      {isTrue ? (
        <CheckCircleFilled
          className="equation-holds"
          title={t('equation.holds')}
          aria-label={t('equation.holds')}
        />
      ) : (
        <span className="equation-broken" role="alert">
          <WarningFilled aria-hidden /> {t('equation.broken')}
        </span>
      )}
    </p>
  )
}

import { Button, Modal } from 'antd'
import type { NavRoom } from '../../api/types'
import { useWords } from '../../settings/SettingsProvider'
import { roomLetters } from '../shortcuts'
import './HelpLayer.css'

interface HelpLayerProps {
  isOpen: boolean
  rooms: readonly NavRoom[]
  onClose: () => void
  /** Null: this shop has no tour. */
  onTour: (() => void) | null
}

/** What the keys do. */
export function HelpLayer({ isOpen, rooms, onClose, onTour }: HelpLayerProps) {
  const { t, say } = useWords()
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('help.title')} width={440} destroyOnHidden>
      <dl className="help-keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('help.search')}</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('help.this')}</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t('help.close')}</dd>
      </dl>
      <p className="help-go">{t('help.go')}</p>
      <dl className="help-keys help-rooms">
        {[...roomLetters(rooms)].map(([letter, room]) => (
          <div key={letter}>
            <dt>
              <kbd>g</kbd> <kbd>{letter}</kbd>
            </dt>
            <dd>{say(room.title)}</dd>
          </div>
        ))}
      </dl>
      {onTour !== null && <Button onClick={onTour}>{t('tour.again')}</Button>}
    </Modal>
  )
}

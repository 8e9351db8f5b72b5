import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../settings/SettingsProvider'
import './PasswordQuestion.css'

interface PasswordQuestionProps {
  /** The server's error code: what it said of the file. */
  code: string
  onAnswer: (password: string) => void
}

const WRONG = 'wrong_password'

/** Whether an error means that a file waits for its password. */
export function isLocked(code: string | undefined): boolean {
  return code === 'password_protected' || code === WRONG
}

/** A locked file: the person gives its password, and the file is read with it. */
export function PasswordQuestion({ code, onAnswer }: PasswordQuestionProps) {
  const { t } = useWords()
  const [password, setPassword] = useState('')
  const answer = () => {
    if (password !== '') onAnswer(password)
  }
  return (
    <div className="password-question" role="alert">
      <p>
        <b>{t(code === WRONG ? 'problem.wrong_password' : 'problem.password_protected')}</b>{' '}
        {t('upload.password_why')}
      </p>
      <div className="password-question-answer">
        <Input.Password
          value={password}
          autoComplete="off"
          placeholder={t('upload.password')}
          aria-label={t('upload.password')}
          onChange={(event) => setPassword(event.target.value)}
          onPressEnter={answer}
        />
        <Button type="primary" disabled={password === ''} onClick={answer}>
          {t('upload.password_use')}
        </Button>
      </div>
    </div>
  )
}

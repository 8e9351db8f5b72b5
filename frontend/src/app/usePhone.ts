import { useEffect, useState } from 'react'

const PHONE = '(max-width: 760px)'

/** Whether the screen is phone-wide. */
export function usePhone(): boolean {
  const [isPhone, setPhone] = useState(() => window.matchMedia?.(PHONE).matches ?? false)
  useEffect(() => {
    const query = window.matchMedia(PHONE)
    const onChange = () => setPhone(query.matches)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [])
  return isPhone
}

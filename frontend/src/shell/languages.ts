/** Each language is named in itself, whatever language the screen is in. */
export const OWN_NAMES = { zh: '中文', en: 'English' } as const

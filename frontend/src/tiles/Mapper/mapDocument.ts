import type { MapDocument, MapGuess } from '../../api/types'

type Section = 'columns' | 'constants' | 'options' | 'status'

/** The map with one entry of a section changed; an empty value takes the entry away. */
export function withEntry(document: MapDocument, section: Section, key: string, value: unknown): MapDocument {
  const content: Record<string, unknown> = { ...(document[section] ?? {}) }
  if (value === '' || value === null || value === undefined) delete content[key]
  else content[key] = value
  return { ...document, [section]: content }
}

/** What a word of a column means. */
export function withMeaning(
  document: MapDocument,
  section: 'status' | 'words',
  column: string,
  word: string,
  meaning: string,
): MapDocument {
  if (section === 'status') return withEntry(document, 'status', word, meaning)
  const words = { ...(document.words?.[column] ?? {}) }
  if (meaning === '') delete words[word]
  else words[word] = meaning
  return { ...document, words: { ...document.words, [column]: words } }
}

/** Further columns of the file that are added to an amount, or taken from it. */
export function withPart(
  document: MapDocument,
  section: 'added' | 'subtracted',
  name: string,
  headers: string[],
): MapDocument {
  const parts = { ...(document[section] ?? {}) }
  if (headers.length === 0) delete parts[name]
  else parts[name] = headers
  return { ...document, [section]: parts }
}

/** The column of the file that carries a name; the first where several may. */
export function headerOf(document: MapDocument, name: string): string {
  const sources = document.columns[name]
  return (Array.isArray(sources) ? sources[0] : sources) ?? ''
}

/** What each column of the file is used for, in the order of the map. */
export function usesOf(document: MapDocument): Map<string, string[]> {
  const uses = new Map<string, string[]>()
  const note = (header: string, name: string) => uses.set(header, [...(uses.get(header) ?? []), name])
  for (const name of Object.keys(document.columns)) note(headerOf(document, name), name)
  for (const part of [document.added, document.subtracted])
    for (const [name, headers] of Object.entries(part ?? {})) for (const header of headers) note(header, name)
  return uses
}

/** The guess behind an entry of the map, as long as the person has not chosen another column. */
export function guessBehind(
  document: MapDocument,
  guesses: readonly MapGuess[],
  name: string,
): MapGuess | undefined {
  return guesses.find((guess) => guess.name === name && guess.header === headerOf(document, name))
}

export type Certainty = 'sure' | 'likely' | 'unsure'

export function certainty(score: number): Certainty {
  if (score >= 0.8) return 'sure'
  return score >= 0.6 ? 'likely' : 'unsure'
}

/** The name under which a map is kept unless the person says another: the file's, without its ending. */
export function nameOf(file: string): string {
  return file.replace(/\.[^.]*$/, '')
}

import type { MapDocument, MapWords } from '../../api/types'
import { countText } from '../../format/value'
import { useWords } from '../../settings/SettingsProvider'
import { TileFrame } from '../Tile/TileFrame'
import { Choose } from './Field'
import { withMeaning } from './mapDocument'

interface WordMeaningsProps {
  words: MapWords
  document: MapDocument
  onChange: (document: MapDocument) => void
}

/** Every word of a column of states or kinds, how many rows have it, and what it means. */
export function WordMeanings({ words, document, onChange }: WordMeaningsProps) {
  const { t, say } = useWords()
  const name = say(words.label)
  const choices = words.choices.map((choice) => ({ value: choice.name, label: say(choice.label) }))
  return (
    <TileFrame title={t('mapper.words', { name })} flush>
      <p className={words.n_unknown > 0 ? 'map-warning' : 'map-none'}>
        {words.n_unknown > 0
          ? t('mapper.words_lead', { n: countText(words.n_unknown) })
          : t('mapper.words_known')}
      </p>
      <div className="map-scroll" tabIndex={0} role="group" aria-label={t('mapper.words', { name })}>
        <table className="map-table">
          <thead>
            <tr>
              <th scope="col">{t('mapper.word')}</th>
              <th scope="col" className="align-right">
                {t('mapper.word_rows')}
              </th>
              <th scope="col">{t('mapper.word_means')}</th>
            </tr>
          </thead>
          <tbody>
            {words.words.map(({ word, n_rows, meaning }) => (
              <tr key={word}>
                <th scope="row">{word}</th>
                <td className="align-right digits">{countText(n_rows)}</td>
                <td>
                  <Choose
                    label={t('mapper.meaning_of', { word })}
                    value={meaning ?? ''}
                    choices={choices}
                    none={t('mapper.no_meaning')}
                    onChoose={(chosen) =>
                      onChange(withMeaning(document, words.section, words.name, word, chosen))
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </TileFrame>
  )
}

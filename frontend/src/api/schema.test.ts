// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DESCRIPTION, GENERATED, generate } from '../../dev/schema.mjs'

// A source archive of the front end alone has no server to compare with.
it.runIf(existsSync(DESCRIPTION))(
  'the generated types are those of the server; else run `npm run types`',
  async () => {
    expect(readFileSync(GENERATED, 'utf8')).toBe(await generate())
  },
)

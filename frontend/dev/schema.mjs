// Writes src/api/schema.gen.ts from the server's description: `npm run types`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
export const DESCRIPTION = at('../../openapi.json')
export const GENERATED = at('../src/api/schema.gen.ts')

const HEAD = '// Generated from openapi.json by `npm run types`; do not edit.\n'
const SAID_ELSEWHERE = new Set(['title', 'description'])

/** Names and shapes only: the words are in the server's code. */
function bare(node) {
  if (Array.isArray(node)) return node.map(bare)
  if (node === null || typeof node !== 'object') return node
  const kept = Object.entries(node).filter(
    ([key, value]) => !(SAID_ELSEWHERE.has(key) && typeof value === 'string'),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value)]))
}

export async function generate() {
  const { openapi, info, components } = JSON.parse(readFileSync(DESCRIPTION, 'utf8'))
  const ast = await openapiTS({ openapi, info, paths: {}, components: { schemas: bare(components.schemas) } })
  return HEAD + astToString(ast)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(GENERATED, await generate())

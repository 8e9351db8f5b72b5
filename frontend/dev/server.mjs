// A stand-in for the real server while working on the screens: `npm run build && node dev/server.mjs`.
// Not shipped; every figure in it is made up.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answer } from './fixtures.mjs'

const WEB = fileURLToPath(new URL('../../src/zhanggui/web', import.meta.url))
const PORT = Number(process.env.PORT ?? 18431)
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}
// The same policy as the product's, so that a violation shows up here first.
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

async function file(path) {
  const safe = normalize(path).replace(/^(\.\.[/\\])+/, '')
  try {
    return [await readFile(join(WEB, safe)), TYPES[extname(safe)] ?? 'application/octet-stream']
  } catch {
    return [await readFile(join(WEB, 'index.html')), TYPES['.html']]
  }
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/api/v1/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    const beat = setInterval(() => response.write(`: beat\n\n`), 5000)
    request.on('close', () => clearInterval(beat))
    return
  }
  if (url.pathname.startsWith('/api/')) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const [status, body] = answer(request.method, url, Buffer.concat(chunks).toString('utf8'))
    setTimeout(() => {
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body))
    }, 60)
    return
  }
  const [body, type] = await file(url.pathname === '/' ? 'index.html' : url.pathname)
  response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': CSP })
  response.end(body)
}).listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}`))

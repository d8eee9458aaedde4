/**
 * The built interface, read once. Requests are answered from this table of exact paths and never reach the file system, so there is
 * nothing for `..`, encodings or links to lead out of.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface StaticFile {
  readonly type: string
  readonly bytes: Buffer
}

/** By decoded request path, such as `/assets/index-1a2b.js`; `/` is the page. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Reads the folder; files that start with a dot, links and types not listed above are left out. Throws when there is no page. */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  collect(folder, '', files)
  const page = files.get('/index.html')
  if (page === undefined) throw new Error(`There is no index.html in ${folder}.`)
  return files.set('/', page)
}

function collect(folder: string, prefix: string, files: Map<string, StaticFile>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const file = join(folder, entry.name)
    const path = `${prefix}/${entry.name}`
    const type = contentTypes[extname(entry.name)]
    if (entry.isDirectory()) collect(file, path, files)
    else if (entry.isFile() && type !== undefined) files.set(path, { type, bytes: readFileSync(file) })
  }
}

/** Which folder may import which, as scripts/layers.json says; and proof that a forbidden import is found. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { forbiddenImports, importsOf, sourceFiles, type Layers } from './import-scan.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const layers = JSON.parse(readFileSync(join(root, 'scripts/layers.json'), 'utf8')) as Layers
const planted = mkdtempSync(join(tmpdir(), 'sockscope-layers-'))
afterAll(() => rmSync(planted, { recursive: true }))

describe('the sources', () => {
  it('import only what their folder may import', () => {
    expect(sourceFiles(root).length).toBeGreaterThan(150)
    expect(forbiddenImports(root, layers)).toEqual([])
  })

  it('lie in folders that the table of layers knows, and the table names no folder that is not there', () => {
    const folders = new Set(sourceFiles(root, ['src-main']).flatMap((file) => (file.split('/').length > 2 ? [file.split('/')[1]!] : [])))
    expect([...folders].toSorted()).toEqual(Object.keys(layers.main).toSorted())
  })
})

describe('the table of layers', () => {
  it('has no circle: what a folder imports never imports it back', () => {
    const reached = (from: string, seen: Set<string>): Set<string> => {
      for (const next of layers.main[from] ?? []) if (!seen.has(next)) reached(next, seen.add(next))
      return seen
    }
    for (const folder of Object.keys(layers.main)) expect([folder, reached(folder, new Set()).has(folder)]).toEqual([folder, false])
  })

  it('keeps the hosts apart, and lets nobody import them', () => {
    for (const host of ['electron', 'server', 'cli', 'engine-process'])
      expect(Object.entries(layers.main).filter(([, allowed]) => allowed.includes(host))).toEqual([])
  })
})

describe('a planted violation is found:', () => {
  it.each([
    ['src-main/table/bad.ts', `import { libc } from '../native/linux/libc.ts'`],
    ['src-main/native/bad.ts', `import type { Problem } from '../../src-shared/model/problem.ts'`],
    ['src-main/engine/bad.ts', `export { x } from '../api/x.ts'`],
    ['src-main/cli/bad.ts', `const server = await import('../server/index.ts')`],
    ['src-main/brand-new/bad.ts', `import '../../src-shared/model/problem.ts'`],
    ['src-main/engine/bad.ts', `import { app } from 'electron'`],
    ['src-main/api/bad.ts', `import koffi from 'koffi'`],
    ['src-main/actions/bad.ts', `import { execFile } from 'node:child_process'`],
    ['src-main/actions/bad.ts', `const { execFile } = require('child_process')`],
    ['src-main/electron/bad.ts', `import { WebSocketServer } from 'ws'`],
    ['src-main/api/bad.ts', `import x from '../../src-renderer/x.ts'`],
    ['src-shared/model/bad.ts', `import { readFileSync } from 'node:fs'`],
    ['src-shared/model/bad.ts', `import { readFileSync } from 'fs'`],
    ['src-shared/model/bad.ts', `import x from '../../src-main/table/row-table.ts'`],
    ['src-renderer/view/bad.ts', `import x from '../../src-main/table/row-table.ts'`],
    ['src-renderer/view/Bad.vue', `<script setup lang="ts">\nimport { join } from 'node:path'\n</script>`],
  ])('%s with %s', (file, text) => {
    for (const folder of ['src-main', 'src-renderer', 'src-shared']) mkdirSync(join(planted, folder), { recursive: true })
    const path = join(planted, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${text}\n`)
    expect(forbiddenImports(planted, layers)).toEqual([`${file}: ${importsOf(text)[0]}`])
    rmSync(path)
  })

  it('and what is allowed is not', () => {
    const files = {
      'src-main/table/good.ts': `import { absentCount } from '../../src-shared/model/columns.ts'`,
      'src-main/native/linux/good.ts': `import koffi from 'koffi'\nimport { execFile } from 'node:child_process'`,
      'src-main/engine/good.ts': `// import { app } from 'electron'\nimport type { RowTable } from '../table/row-table.ts'`,
      'src-renderer/view/good.ts': `import { ref } from 'vue'\nimport x from '../../src-shared/model/columns.ts'`,
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(planted, file)), { recursive: true })
      writeFileSync(join(planted, file), text)
    }
    expect(forbiddenImports(planted, layers)).toEqual([])
  })
})

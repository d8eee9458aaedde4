import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

const headingsOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .map((line) =>
      line
        .replace(/^#+ /u, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    )

/** Links in brackets and parentheses to something within the repository. */
function deadLinks(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8')
  const targets = [...text.matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map(({ groups }) => groups?.['target'] ?? '')
  return targets
    .filter((target) => !/^[a-z]+:/u.test(target))
    .filter((target) => {
      const [path = '', heading] = target.split('#')
      const file = path === '' ? join(root, document) : join(root, dirname(document), path)
      return !existsSync(file) || (heading !== undefined && !headingsOf(file).includes(heading))
    })
}

describe('documents', () => {
  it.each(documents)('%s leads to what is there', (document) => {
    expect(deadLinks(document)).toEqual([])
  })

  it('show every picture that is kept', () => {
    const all = documents.map((document) => readFileSync(join(root, document), 'utf8')).join('\n')
    const pictures = readdirSync(join(root, 'docs/screenshots'))
    expect(pictures.length).toBeGreaterThan(0)
    expect(pictures.filter((name) => !all.includes(`screenshots/${name}`))).toEqual([])
  })
})

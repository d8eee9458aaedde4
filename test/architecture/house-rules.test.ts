/** Rules that no compiler checks: where the platform is read, how long files are, and what must never be committed. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { importsOf, sourceFiles, withoutComments } from './import-scan.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const longestFile = 300
/** Each process reads the platform once, in its entry, and hands it on. */
const mayReadPlatform = [
  /^src-main\/(?:electron|server|cli|engine-process)\/index\.ts$/,
  /^src-main\/sockscope\.ts$/,
  /^src-main\/electron\/preload\.ts$/, // the entry of the page's process
  /^src-main\/api\/select-platform\.ts$/,
  /^src-main\/cli\/process-environment\.ts$/, // the entry's part that gathers what the process knows
]

/** Every file that is, or is about to be, committed, if it is text. A tree without its history has nothing to check here. */
function committedTexts(): { file: string; text: string }[] {
  const files = execFileSync('git', ['ls-files', '-z', '--cached'], { cwd: root, encoding: 'utf8' }).split('\0')
  return files
    .filter((file) => file !== '' && existsSync(join(root, file)))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'latin1') }))
    .filter(({ text }) => !text.slice(0, 8000).includes('\0'))
}

const offenders = (texts: readonly { file: string; text: string }[], bad: RegExp): string[] =>
  texts.flatMap(({ file, text }) => (bad.test(text) ? [`${file}: ${bad.exec(text)?.[0]}`] : []))

describe('the sources', () => {
  it('read the platform only where a process begins', () => {
    const readers = sourceFiles(root).filter((file) =>
      /\bprocess\s*(?:\?\.|\.)\s*platform\b|\bos\.platform\(|\bplatform\(\)/.test(withoutComments(read(file))),
    )
    expect(readers.filter((file) => !mayReadPlatform.some((place) => place.test(file)))).toEqual([])
    expect(readers.length).toBeGreaterThan(0)
  })

  it('have no file too long to be read in one go', () => {
    const long = sourceFiles(root).map((file) => [file, read(file).trimEnd().split('\n').length] as const)
    expect(long.filter(([, lines]) => lines > longestFile)).toEqual([])
  })

  it('read /proc only behind the door to the system', () => {
    const readers = sourceFiles(root, ['src-main']).filter((file) => {
      const text = withoutComments(read(file))
      return /['"`]\/(?:proc|sys)\//.test(text) && importsOf(text).some((specifier) => /^(?:node:)?fs(?:\/promises)?$/.test(specifier))
    })
    expect(readers.length).toBeGreaterThan(0)
    expect(readers.filter((file) => !file.startsWith('src-main/native/'))).toEqual([])
  })
})

describe.runIf(existsSync(join(root, '.git')))('what is committed', () => {
  const texts = committedTexts()

  it('is found', () => expect(texts.length).toBeGreaterThan(200))

  it('names no registry, and the lock file tells no place to download from', () => {
    // Written so that this file does not name them either.
    const hosts = /registry[.](?:npmjs|yarnpkg|npmmirror)[.](?:org|com)|npm[.]pkg[.]github[.]com/
    expect(offenders(texts, hosts)).toEqual([])
    expect(read('package-lock.json')).not.toMatch(/"resolved":/)
  })

  it('names no place of the machine it was written on', () => {
    expect(offenders(texts, machinePlaces([join(root, '..'), homedir()]))).toEqual([])
    expect(offenders([{ file: 'planted', text: `see ${join(root, '..', 'notes')}` }], machinePlaces([join(root, '..')]))).toHaveLength(1)
  })
})

/** Paths below these folders; the folder alone may be a word of its own. */
function machinePlaces(folders: readonly string[]): RegExp {
  const escaped = folders.map((folder) => folder.replace(/\/$/, '').replaceAll(/[^\w/]/g, '\\$&')).filter((folder) => folder.length > 1)
  return new RegExp(`(?<![\\w.}/])(?:${escaped.join('|')})/[A-Za-z.]\\S*`)
}

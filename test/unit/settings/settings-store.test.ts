import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings, maximumSettingsBytes } from '../../../src-shared/model/settings.ts'
import { fullSettings } from '../../builders/full-settings.ts'
import { createSettingsStore } from '../../../src-main/settings/settings-store.ts'

const storeModule = new URL('../../../src-main/settings/settings-store.ts', import.meta.url).href
/** In a process of its own, which can be ended when it hangs. */
const readByStore = `
  const { createSettingsStore } = await import(${JSON.stringify(storeModule)})
  process.stdout.write(JSON.stringify(createSettingsStore({ file: process.argv[1] }).problems()))
`

describe('the settings store', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sockscope-settings-'))
    file = join(folder, 'deep', 'settings.json')
  })
  afterEach(() => {
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true })
  })
  const write = (text: string): void => {
    mkdirSync(join(folder, 'deep'), { recursive: true })
    writeFileSync(file, text)
  }
  const damaged = (): string[] =>
    readdirSync(join(folder, 'deep'))
      .filter((name) => name.includes('damaged'))
      .map((name) => readFileSync(join(folder, 'deep', name), 'utf8'))
  const stored = (): unknown => JSON.parse(readFileSync(file, 'utf8'))

  it('starts with the defaults, makes no file and has no problem', () => {
    const store = createSettingsStore({ file })
    expect(store.get()).toEqual(defaultSettings)
    expect(store.problems()).toEqual([])
    expect(existsSync(file)).toBe(false)
  })

  it('keeps a change for the next start, readable to its user only', () => {
    expect(createSettingsStore({ file }).change({ theme: 'dark', intervalMs: 500 })).toEqual({
      ...defaultSettings,
      theme: 'dark',
      intervalMs: 500,
    })
    expect(createSettingsStore({ file }).get()).toEqual({ ...defaultSettings, theme: 'dark', intervalMs: 500 })
    expect(stored()).toEqual({ version: 1, settings: { ...defaultSettings, theme: 'dark', intervalMs: 500 } })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['settings.json'])
  })

  it('tells every listener of a change until it unsubscribes', () => {
    const store = createSettingsStore({ file })
    const heard: string[] = []
    const stop = store.onChange(({ theme }) => heard.push(theme))
    store.change({ theme: 'dark' })
    stop()
    store.change({ theme: 'light' })
    expect(heard).toEqual(['dark'])
  })

  it.each([
    ['no JSON', '{"version": 1, "settings": {', {}],
    ['empty', '', {}],
    ['zeros, as a crash of the machine leaves them', '\0'.repeat(200), {}],
    ['of another shape', '[1, 2]', {}],
    ['of a version of the future', '{"version": 99, "settings": {"theme": "dark", "newThing": 1}}', { theme: 'dark' }],
    ['with one bad field', '{"version": 1, "settings": {"theme": "pink", "intervalMs": 2000}}', { intervalMs: 2000 }],
    ['with a number out of range', '{"version": 1, "settings": {"intervalMs": 1, "language": "zh-CN"}}', { language: 'zh-CN' }],
  ])('sets a file aside that is %s, keeps what is good of it and says so', (_what, text, good) => {
    write(text)
    const store = createSettingsStore({ file })
    expect(store.get()).toEqual({ ...defaultSettings, ...good })
    expect(store.problems()).toEqual([
      {
        code: 'settings-damaged',
        severity: 'warning',
        parameters: { file, reason: expect.stringMatching(/settings\.json\.damaged-[0-9a-f]{8}/) as string },
      },
    ])
    expect(damaged()).toEqual([text])
    const next = createSettingsStore({ file })
    expect(next.get()).toEqual(store.get())
    expect(next.problems()).toEqual([])
  })

  it('writes over no damaged file that was set aside earlier', () => {
    for (let start = 0; start < 20; start += 1) {
      write(`damage ${start}`)
      createSettingsStore({ file })
    }
    expect(damaged().toSorted()).toEqual(Array.from({ length: 20 }, (_, start) => `damage ${start}`).toSorted())
  })

  it('neither moves nor writes what cannot be read just now, and takes the file up when it can', () => {
    mkdirSync(join(folder, 'deep'))
    symlinkSync('settings.json', file) // a link to itself: ELOOP
    const store = createSettingsStore({ file })
    expect(store.change({ intervalMs: 2000 }).intervalMs).toBe(2000)
    expect(store.problems()).toEqual([{ code: 'settings-unwritable', severity: 'warning', parameters: { file, reason: 'ELOOP' } }])
    expect(readdirSync(join(folder, 'deep'))).toEqual(['settings.json'])
    rmSync(file)
    write('{"version": 1, "settings": {"theme": "dark"}}')
    expect(store.change({ language: 'en' })).toMatchObject({ theme: 'dark', intervalMs: 2000, language: 'en' })
    expect(store.problems()).toEqual([])
    expect(stored()).toMatchObject({ settings: { theme: 'dark', intervalMs: 2000, language: 'en' } })
  })

  it('keeps fields of another version that it does not know, and reads a file with a byte order mark', () => {
    write('\u{feff}{"version": 1, "settings": {"theme": "light", "colour": 1, "__proto__": {"polluted": true}}}')
    const store = createSettingsStore({ file })
    expect(store.get()).toEqual({ ...defaultSettings, theme: 'light' })
    expect(store.problems()).toEqual([])
    store.change({ theme: 'dark' })
    expect(Object.entries((stored() as { settings: object }).settings)).toEqual(
      expect.arrayContaining([
        ['theme', 'dark'],
        ['colour', 1],
      ]),
    )
    expect(createSettingsStore({ file }).get()).toEqual({ ...defaultSettings, theme: 'dark' })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('does not read a file of unreasonable size', () => {
    write(`{"version": 1, "settings": {"theme": "dark"}}${' '.repeat(maximumSettingsBytes)}`)
    const store = createSettingsStore({ file })
    expect(store.get()).toEqual(defaultSettings)
    expect(store.problems()).toMatchObject([
      { code: 'settings-damaged', parameters: { reason: expect.stringContaining('larger') as string } },
    ])
  })

  it('reads again what somebody keeps who saves every way of looking and every alarm', () => {
    const full = createSettingsStore({ file }).change(fullSettings())
    expect(statSync(file).size).toBeGreaterThan(256 * 1024)
    const next = createSettingsStore({ file })
    expect([next.get(), next.problems()]).toEqual([full, []])
  })

  it('does not write what it could not read again', () => {
    write(`{"version": 1, "settings": {"theme": "dark", "ofAnotherVersion": "${'x'.repeat(maximumSettingsBytes - 100)}"}}`)
    const store = createSettingsStore({ file })
    const recentQueries = ['y'.repeat(2000)]
    expect(store.change({ recentQueries }).recentQueries).toEqual(recentQueries)
    expect(store.problems()).toMatchObject([
      { code: 'settings-unwritable', parameters: { reason: expect.stringContaining('larger') as string } },
    ])
    expect(createSettingsStore({ file }).get().theme).toBe('dark')
  })

  it('does not wait for the other end of a FIFO in the place of the file', () => {
    mkdirSync(join(folder, 'deep'))
    execFileSync('mkfifo', [file])
    const reading = spawnSync(process.execPath, ['-e', readByStore, file], { timeout: 10_000, encoding: 'utf8' })
    expect(reading.error).toBeUndefined()
    expect(JSON.parse(reading.stdout)).toMatchObject([
      { code: 'settings-damaged', parameters: { reason: expect.stringContaining('not a regular file') as string } },
    ])
  })

  it('follows no link that was laid where the new file is written', () => {
    mkdirSync(join(folder, 'deep'))
    const victim = join(folder, 'victim')
    writeFileSync(victim, 'precious')
    symlinkSync(victim, `${file}.${process.pid}.new`)
    expect(createSettingsStore({ file }).change({ theme: 'dark' }).theme).toBe('dark')
    expect(readFileSync(victim, 'utf8')).toBe('precious')
    expect(stored()).toMatchObject({ settings: { theme: 'dark' } })
  })

  it('neither reads nor writes in a folder where others may write, and says so at once', () => {
    write('{"version": 1, "settings": {"theme": "dark"}}')
    chmodSync(join(folder, 'deep'), 0o777)
    const store = createSettingsStore({ file })
    expect(store.get()).toEqual(defaultSettings)
    const refused = [{ code: 'settings-unwritable', parameters: { file, reason: 'other users may write to the folder' } }]
    expect(store.problems()).toMatchObject(refused)
    expect(store.change({ theme: 'light' }).theme).toBe('light')
    expect(store.problems()).toMatchObject(refused)
    expect(stored()).toMatchObject({ settings: { theme: 'dark' } })
    expect(readdirSync(join(folder, 'deep'))).toEqual(['settings.json'])
  })

  it.each(['root:secret:1:2', '{"version": "secret", "settings": {}}', '{"version": 1, "settings": {"theme": "secret"}}'])(
    'tells nothing of what stood in a damaged file: %s',
    (text) => {
      write(text)
      const problems = createSettingsStore({ file }).problems()
      expect(problems).toMatchObject([{ code: 'settings-damaged' }])
      expect(JSON.stringify(problems)).not.toContain('secret')
    },
  )

  it('goes on with a change that cannot be written, says so, and is content again when it can', () => {
    mkdirSync(join(folder, 'deep'))
    writeFileSync(join(folder, 'deep', 'blocker'), '')
    const blocked = join(folder, 'deep', 'blocker', 'settings.json')
    const store = createSettingsStore({ file: blocked })
    expect(store.change({ theme: 'dark' }).theme).toBe('dark')
    expect(store.get().theme).toBe('dark')
    expect(store.problems().map(({ code }) => code)).toContain('settings-unwritable')
    rmSync(join(folder, 'deep', 'blocker'))
    store.change({ theme: 'light' })
    expect(store.problems().map(({ code }) => code)).not.toContain('settings-unwritable')
  })

  it('survives a folder in the place of the file', () => {
    mkdirSync(file, { recursive: true })
    const store = createSettingsStore({ file })
    expect(store.get()).toEqual(defaultSettings)
    expect(store.problems()).toMatchObject([{ code: 'settings-damaged' }])
    expect(store.change({ theme: 'dark' }).theme).toBe('dark')
  })

  it('writes through a link to the file', () => {
    mkdirSync(join(folder, 'deep'))
    const real = join(folder, 'kept-elsewhere.json')
    writeFileSync(real, '{"version": 1, "settings": {}}')
    symlinkSync(real, file)
    createSettingsStore({ file }).change({ theme: 'dark' })
    expect(JSON.parse(readFileSync(real, 'utf8'))).toMatchObject({ settings: { theme: 'dark' } })
  })

  it('ignores fields of a patch that are there but undefined', () => {
    const store = createSettingsStore({ file })
    const absentTheme = { theme: undefined } as object
    expect(store.change({})).toEqual(defaultSettings)
    expect(store.change(absentTheme)).toEqual(defaultSettings)
  })
})

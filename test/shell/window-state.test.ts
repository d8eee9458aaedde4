import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadWindowState, saveWindowState } from '../../src-main/electron/window-state.ts'

const place = {
  bounds: { x: 2000, y: 40, width: 1000, height: 700 },
  display: { id: 7, workArea: { x: 1920, y: 0, width: 1280, height: 984 }, scaleFactor: 1.5 },
}
const nothing = { maximized: false, fullScreen: false }

const stateModule = new URL('../../src-main/electron/window-state.ts', import.meta.url).href
/** In a process of its own, which can be ended when it hangs. */
const readState = `
  const { loadWindowState } = await import(${JSON.stringify(stateModule)})
  process.stdout.write(JSON.stringify(loadWindowState(process.argv[1])))
`

describe('the file of the window state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-window-'))
  const file = join(folder, 'deeper/window.json')
  afterAll(() => rmSync(folder, { recursive: true }))

  it('comes back as it was saved and leaves no other file behind', () => {
    const state = { ...place, maximized: true, fullScreen: true }
    saveWindowState(file, state)
    expect(loadWindowState(file)).toEqual(state)
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['window.json'])
  })
  it('of an earlier version, which knew no displays, still tells the place', () => {
    writeFileSync(file, JSON.stringify({ bounds: place.bounds, maximized: true }))
    expect(loadWindowState(file)).toEqual({ bounds: place.bounds, maximized: true, fullScreen: false })
  })
  it('names displays whose numbers are larger than any that JavaScript counts with', () => {
    const display = { ...place.display, id: 2 ** 62 }
    saveWindowState(file, { ...place, display, ...nothing })
    expect(loadWindowState(file)).toEqual({ ...place, display, ...nothing })
  })
  it.each([
    '',
    'null',
    '[]',
    '{"maximized":"yes"}',
    '{"maximized":true,"bounds":{"x":1}}',
    '{"maximized":true,"bounds":{"x":1e9,"y":0,"width":1,"height":1}}',
    '{"maximized":true,"display":{"id":1,"scaleFactor":1}}',
    '{"maximized":true,"display":{"id":0.5,"scaleFactor":1,"workArea":{"x":0,"y":0,"width":1,"height":1}}}',
  ])('is no state when it holds %s', (text) => {
    writeFileSync(file, text)
    expect(loadWindowState(file)).toEqual(nothing)
  })
  it('is no state when it is a FIFO, and does not wait for its other end', () => {
    const fifo = join(folder, 'deeper/fifo.json')
    execFileSync('mkfifo', [fifo])
    const reading = spawnSync(process.execPath, ['-e', readState, fifo], { timeout: 10_000, encoding: 'utf8' })
    expect(reading.error).toBeUndefined()
    expect(JSON.parse(reading.stdout)).toEqual(nothing)
  })
  it('follows no link that was laid where it is written', () => {
    const victim = join(folder, 'victim')
    writeFileSync(victim, 'precious')
    symlinkSync(victim, `${file}.new`)
    saveWindowState(file, nothing)
    expect(readFileSync(victim, 'utf8')).toBe('precious')
  })
  it('is no state when it is missing', () => expect(loadWindowState(join(folder, 'none.json'))).toEqual(nothing))
})

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fitWindow, loadWindowState, saveWindowState } from '../../src-main/electron/window-state.ts'

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 1280, height: 984 }
const bounds = { x: 2000, y: 40, width: 1000, height: 700 }

describe('fitting a window to the displays', () => {
  it('leaves a window where it is when its title bar can be reached', () => {
    expect(fitWindow({ bounds, maximized: false }, [left, right])).toEqual(bounds)
    expect(fitWindow({ bounds: { ...bounds, x: -500 }, maximized: false }, [left])).toEqual({ ...bounds, x: -500 })
  })
  it.each([
    ['whose display is gone', bounds],
    ['below the screen', { ...bounds, x: 100, y: 1030 }],
    ['above the screen', { ...bounds, x: 100, y: -50 }],
    ['beside the screen but for a sliver', { ...bounds, x: 1900 }],
  ])('keeps only the size of a window %s', (_case, lost) => {
    expect(fitWindow({ bounds: lost, maximized: false }, [left])).toEqual({ width: 1000, height: 700 })
  })
  it('shrinks to the display and not below what is usable', () => {
    expect(fitWindow({ bounds: { ...bounds, width: 4000, height: 3000 }, maximized: false }, [right])).toEqual({
      x: 2000,
      y: 40,
      width: 1280,
      height: 984,
    })
    expect(fitWindow({ bounds: { ...bounds, width: 1, height: 1 }, maximized: false }, [right])).toMatchObject({ width: 640, height: 400 })
  })
  it('has a size without a state and without a display', () => {
    expect(fitWindow({ maximized: false }, [])).toEqual({ width: 1280, height: 800 })
  })
})

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
    saveWindowState(file, { bounds, maximized: true })
    expect(loadWindowState(file)).toEqual({ bounds, maximized: true })
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['window.json'])
  })
  it.each([
    '',
    'null',
    '[]',
    '{"maximized":"yes"}',
    '{"maximized":true,"bounds":{"x":1}}',
    '{"maximized":true,"bounds":{"x":1e9,"y":0,"width":1,"height":1}}',
  ])('is no state when it holds %s', (text) => {
    writeFileSync(file, text)
    expect(loadWindowState(file)).toEqual({ maximized: false })
  })
  it('is no state when it is a FIFO, and does not wait for its other end', () => {
    const fifo = join(folder, 'deeper/fifo.json')
    execFileSync('mkfifo', [fifo])
    const reading = spawnSync(process.execPath, ['-e', readState, fifo], { timeout: 10_000, encoding: 'utf8' })
    expect(reading.error).toBeUndefined()
    expect(JSON.parse(reading.stdout)).toEqual({ maximized: false })
  })
  it('follows no link that was laid where it is written', () => {
    const victim = join(folder, 'victim')
    writeFileSync(victim, 'precious')
    symlinkSync(victim, `${file}.new`)
    saveWindowState(file, { maximized: true })
    expect(readFileSync(victim, 'utf8')).toBe('precious')
  })
  it('is no state when it is missing', () => expect(loadWindowState(join(folder, 'none.json'))).toEqual({ maximized: false }))
})

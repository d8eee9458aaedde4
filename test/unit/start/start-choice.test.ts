import { describe, expect, it } from 'vitest'
import { chooseStart } from '../../../src-main/start-choice.ts'

const choose = (...args: string[]): unknown => chooseStart(args, '--engine')

describe('what the program of a package was started for', () => {
  it('is the window without arguments, and with switches of Electron, a desktop or macOS', () => {
    for (const args of [[], [''], ['--smoke'], ['--no-sandbox', '--smoke'], ['-psn_0_12345'], ['--ozone-platform=x11']])
      expect(choose(...args)).toEqual({ kind: 'window' })
  })
  it('is a command when the first argument is a word', () => {
    expect(choose('list', ':8080', '--json')).toEqual({ kind: 'command', args: ['list', ':8080', '--json'] })
    expect(choose('lsit')).toEqual({ kind: 'command', args: ['lsit'] }) // the command line says what was meant
  })
  it('is a command after the mark of a launcher, whatever comes before or follows', () => {
    expect(choose('--headless', '--no-sandbox', '--sockscope-command', '--version')).toEqual({ kind: 'command', args: ['--version'] })
    expect(choose('--sockscope-command')).toEqual({ kind: 'command', args: [] })
    expect(choose('--sockscope-command', 'list', '--engine')).toEqual({ kind: 'command', args: ['list', '--engine'] })
  })
  it('is the engine by its switch alone, never from within the words of a command', () => {
    expect(choose('--headless', '--engine')).toEqual({ kind: 'engine' })
    expect(choose('list', '--engine')).toEqual({ kind: 'command', args: ['list', '--engine'] })
  })
})

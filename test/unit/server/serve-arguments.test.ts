import { describe, expect, it } from 'vitest'
import { parseServeArguments, serveUsage } from '../../../src-main/server/serve-arguments.ts'

const usual = { address: '127.0.0.1', open: false, actionsAllowed: false, anyLocalUser: false, help: false }

describe('the arguments of serve', () => {
  it.each([
    [[], usual],
    [['--port', '0'], { ...usual, port: 0 }],
    [['--port=8080', '--open', '--allow-actions'], { ...usual, port: 8080, open: true, actionsAllowed: true }],
    [['--open', '--no-open'], usual],
    [['--host', 'localhost'], usual],
    [['--host', '::1'], { ...usual, address: '::1' }],
    [['--host', '0.0.0.0'], { ...usual, address: '0.0.0.0' }],
    [['--any-local-user'], { ...usual, anyLocalUser: true }],
    [['-h'], { ...usual, help: true }],
  ])('%j are understood', (args, value) => {
    expect(parseServeArguments(args)).toEqual({ ok: true, value })
  })

  it.each([
    [['--prot', '1'], '--prot'],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--port', ''], '--port'],
    [['--port', '65536'], '65536'],
    [['--port', '-1'], '--port'],
    [['--port=-1'], '-1'],
    [['--port', '80x'], '80x'],
    [['--port', '1e3'], '1e3'],
    [['--port', '0x50'], '0x50'],
    [['--host', 'example.com'], 'example.com'],
    [['--host', ''], '--host'],
    [['--host', '127.0.0.1:80'], '127.0.0.1:80'],
    [['--allow-actions=yes'], '--allow-actions'],
  ])('%j are refused with the reason', (args, named) => {
    const parsed = parseServeArguments(args)
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(named) as string })
  })

  it('are all in the usage text', () => {
    for (const option of ['--host', '--port', '--open', '--allow-actions', '--any-local-user', '--help'])
      expect(serveUsage).toContain(option)
  })
})

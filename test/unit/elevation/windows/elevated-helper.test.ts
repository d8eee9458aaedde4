/** The engine's side and the helper's side of the pipe, over a real socket of this system in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRequestAnswerer } from '../../../../src-main/elevation/windows/answer-request.ts'
import { ElevatedHelper } from '../../../../src-main/elevation/windows/elevated-helper.ts'
import { helperCommand } from '../../../../src-main/elevation/windows/helper-command.ts'
import type { HelperRequest } from '../../../../src-main/elevation/windows/helper-protocol.ts'
import { launchElevated } from '../../../../src-main/elevation/windows/launch-elevated.ts'
import { isServedByOwnProgram } from '../../../../src-main/elevation/windows/pipe-server.ts'
import { runElevatedHelper, serveRequests } from '../../../../src-main/elevation/windows/run-helper.ts'
import type { ElevationRefusal } from '../../../../src-main/actions/windows/elevated-actions.ts'
import type { TcpTuple } from '../../../../src-main/sources/windows/tcp-rows.ts'
import { fakeWindows } from '../../../builders/fake-windows-api.ts'

const token = 'cd'.repeat(16)
const tuple: TcpTuple = { family: 4, local: [0, 0, 0xffff, 1], remote: [0, 0, 0xffff, 2], localPort: 1, remotePort: 2, scope: 0 }

let folder = ''
const open: { close(): void }[] = []
const sockets: Socket[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockscope-pipe-'))
})
afterEach(() => {
  for (const helper of open.splice(0)) helper.close()
  for (const socket of sockets.splice(0)) socket.destroy()
  rmSync(folder, { recursive: true })
})

/** A pipe by the name that this system gives such things. */
const pipeName = (): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\sockscope-test-${randomBytes(8).toString('hex')}`
    : join(folder, randomBytes(4).toString('hex'))

function helperWith(launch: (pipe: string, token: string) => Promise<ElevationRefusal | undefined> | ElevationRefusal | undefined) {
  const timers: (() => void)[] = []
  let launches = 0
  const helper = new ElevatedHelper({
    newPipe: () => ({ pipe: pipeName(), token }),
    launch: async ([pipe = '', given = '']) => {
      launches += 1
      return launch(pipe, given)
    },
    startTimer: (run) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
  })
  open.push(helper)
  return { helper, timers, launches: () => launches }
}

/** Starts the helper's side in this process. */
function serving(answer: (request: HelperRequest) => Promise<unknown>, ended: (code: number) => void = () => {}) {
  return (pipe: string, given: string): undefined => {
    const socket = createConnection(pipe)
    sockets.push(socket)
    void serveRequests(socket, given, answer).then(ended)
  }
}

function speaking(lines: readonly string[], closed: () => void = () => {}) {
  return (pipe: string): undefined => {
    const socket = connect(pipe, () => socket.write(lines.map((line) => `${line}\n`).join('')))
    sockets.push(socket)
    socket.on('close', closed).on('error', () => {})
  }
}

describe('the elevated helper', () => {
  it('does what it is asked, with one prompt for many actions at once', async () => {
    const asked: string[] = []
    const { helper, launches } = helperWith(
      serving(async (request) => {
        asked.push(request.call)
        if (request.call === 'closeTcp') return 0
        return request.call === 'endProcess' ? { target: String(request.pid), status: 'done', means: 'KILL' } : [['1', '2', 3, 4]]
      }),
    )
    expect(await helper.statistics([tuple])).toBeUndefined()
    expect(await Promise.all([helper.closeTcp(tuple), helper.closeTcp(tuple), helper.endProcess({ pid: 8, startToken: '1' })])).toEqual([
      0,
      0,
      { target: '8', status: 'done', means: 'KILL' },
    ])
    expect(await helper.statistics([tuple])).toEqual([{ receivedBytes: 1n, sentBytes: 2n, retransmits: 3, roundTripMs: 4 }])
    expect([asked, launches()]).toEqual([['closeTcp', 'closeTcp', 'endProcess', 'statistics'], 1])
  })

  it('takes a refusal of the prompt for an answer, and asks again at the next action', async () => {
    const { helper, launches } = helperWith(() => ({ refusal: 'elevation-refused' }))
    expect(await Promise.all([helper.closeTcp(tuple), helper.endProcess({ pid: 8, startToken: '1' })])).toEqual([
      { refusal: 'elevation-refused' },
      { refusal: 'elevation-refused' },
    ])
    await helper.closeTcp(tuple)
    expect(launches()).toBe(2)
  })

  it('listens to nobody with another token, and to the right one after that', async () => {
    let turnedAway = 0
    const { helper } = helperWith(async (pipe, given) => {
      for (const wrong of [{ token: 'ee'.repeat(16) }, { token: 'short' }, { hello: 1 }])
        await new Promise<void>((resolve) => speaking([JSON.stringify(wrong), '{"id":1,"answer":0}'], resolve)(pipe))
      turnedAway = 3
      return serving(async () => 5)(pipe, given)
    })
    expect([await helper.closeTcp(tuple), turnedAway]).toEqual([5, 3])
  })

  it('gives up when strangers keep coming', async () => {
    const { helper } = helperWith((pipe) => {
      for (let count = 0; count < 20; count += 1) speaking(['{"token":"x"}'])(pipe)
      return undefined
    })
    expect(await helper.closeTcp(tuple)).toMatchObject({ refusal: 'elevation-failed', systemError: 'too many connections to the pipe' })
  })

  it('gives up when nobody comes', async () => {
    const { helper, timers } = helperWith(() => undefined)
    const answer = helper.closeTcp(tuple)
    while (timers.length === 0) await new Promise((resolve) => setImmediate(resolve))
    timers[0]?.()
    expect(await answer).toMatchObject({ refusal: 'elevation-failed', systemError: 'no answer from the helper' })
  })

  it.each([
    ['answers nonsense', ['nonsense']],
    ['answers what was not asked', ['{"id":77,"answer":0}']],
    ['answers what is no error number', ['{"id":1,"answer":"0"}']],
  ])('is not believed when it %s', async (_what, lines) => {
    const { helper } = helperWith((pipe) => {
      const socket = connect(pipe, () => socket.write(`${JSON.stringify({ token })}\n`))
      sockets.push(socket)
      socket.once('data', () => socket.write(`${lines.join('\n')}\n`))
      return undefined
    })
    expect(await helper.closeTcp(tuple)).toEqual({ refusal: 'elevation-failed', systemError: 'the helper went away' })
  })

  it('is started anew when it went away', async () => {
    const { helper, launches } = helperWith(serving(async () => 0))
    await helper.closeTcp(tuple)
    const gone = new Promise<void>((resolve) => sockets[0]?.once('close', () => resolve()))
    sockets[0]?.destroy()
    await gone
    expect(await helper.statistics([tuple])).toBeUndefined()
    expect([await helper.closeTcp(tuple), launches()]).toEqual([0, 2])
  })

  it('ends at the first line that is no request', async () => {
    const ended: number[] = []
    const { helper } = helperWith(
      serving(
        async () => 0,
        (code) => ended.push(code),
      ),
    )
    await helper.closeTcp(tuple)
    const [socket] = sockets
    const closed = new Promise<void>((resolve) => socket?.once('close', () => setImmediate(resolve)))
    // The engine itself never sends this; whoever took over its end of the pipe might.
    socket?.emit('data', Buffer.from('{"id":1,"call":"run","file":"a.exe"}\n'))
    await closed
    expect(ended).toEqual([2])
  })
})

describe('what the helper does', () => {
  it('is what this process would do, guards included', async () => {
    const rows: string[] = []
    const { api } = fakeWindows({
      SetTcpEntry: (row) => {
        rows.push(Buffer.from(row).toString('hex', 0, 4))
        return 0
      },
      GetPerTcpConnectionEStats: () => 50,
    })
    const answer = createRequestAnswerer(api, async () => {})
    expect(await answer({ id: 1, call: 'closeTcp', tuple })).toBe(0)
    expect(rows).toEqual(['0c000000'])
    expect(await answer({ id: 2, call: 'endProcess', pid: 4, startToken: '0' })).toMatchObject({ reason: 'kernel-process' })
    expect(await answer({ id: 3, call: 'statistics', tuples: [tuple] })).toEqual([null])
  })

  it('is nothing at all when it was started by anybody else', async () => {
    const pipe = '\\\\.\\pipe\\sockscope-00000000-0000-4000-8000-000000000000'
    for (const args of [[], [pipe], [pipe, token.slice(1)], ['\\\\server\\pipe\\sockscope-1', token], [pipe, token, 'more']])
      expect(await runElevatedHelper(args)).toBe(2)
  })

  it.each([
    ['the same program serves the pipe', 40, true],
    ['another program serves the pipe', 44, false],
    ['nobody knows who serves the pipe', undefined, false],
  ])('starts only where it knows its master: %s', (_what, serverPid, expected) => {
    const { api, state } = fakeWindows({
      CreateFileW: (_path, _access, _share, _security, _creation, flags) => (flags === 0x110000 ? 9 : -1),
      GetNamedPipeServerProcessId: (_pipe, pid) => {
        Buffer.from(pid.buffer, pid.byteOffset, 4).writeUInt32LE(serverPid ?? 0)
        return serverPid === undefined ? 0 : 1
      },
    })
    state.processes = [
      { pid: 40, ntPath: '\\Device\\HarddiskVolume3\\Sockscope\\SOCKSCOPE.exe' },
      { pid: 44, ntPath: '\\Device\\HarddiskVolume3\\Temp\\sockscope.exe' },
      { pid: 48, ntPath: '\\Device\\HarddiskVolume3\\Sockscope\\sockscope.exe' },
    ]
    expect(isServedByOwnProgram(api, '\\\\.\\pipe\\x', 48)).toBe(expected)
  })
})

describe('asking for administrator rights', () => {
  it.each([
    [1223, { refusal: 'elevation-refused' }],
    [2, { refusal: 'elevation-failed', systemError: 'ERROR_FILE_NOT_FOUND' }],
  ])('answers error %i with a refusal, not with an exception', async (error, expected) => {
    const { api } = fakeWindows({ ShellExecuteExW: async () => ({ ok: false, error }) })
    expect(await launchElevated(api, 'a.exe', [])).toEqual(expected)
  })

  it('fills SHELLEXECUTEINFOW: runas, the program, quoted parameters, no window', async () => {
    const closed: number[] = []
    let seen: unknown
    const { api } = fakeWindows({
      addressOf: (bytes) => BigInt(bytes.length),
      CloseHandle: (handle) => closed.push(handle),
      ShellExecuteExW: async (info, texts) => {
        const bytes = Buffer.from(info.buffer, info.byteOffset, info.byteLength)
        const pointers = [16, 24, 32].map((at) => Number(bytes.readBigUInt64LE(at)))
        seen = {
          head: [bytes.length, bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readInt32LE(48)],
          texts: pointers.map((length) => {
            const text = texts.find((candidate) => candidate.length === length)
            return text === undefined ? undefined : Buffer.from(text).toString('utf16le')
          }),
        }
        bytes.writeBigUInt64LE(77n, 104)
        return { ok: true, error: 0 }
      },
    })
    expect(await launchElevated(api, 'C:\\Program Files\\Sockscope.exe', ['--helper', 'a b'])).toBeUndefined()
    expect(seen).toEqual({ head: [112, 112, 0x540, 0], texts: ['runas\0', 'C:\\Program Files\\Sockscope.exe\0', '--helper "a b"\0'] })
    expect(closed).toEqual([77])
  })

  it('starts the same installation again', () => {
    const script = 'C:\\app\\out\\main\\sockscope.js'
    const engine = 'C:\\app\\out\\main\\engine.js'
    const node = { execPath: 'C:\\node.exe', isElectron: false }
    expect(helperCommand({ ...node, script })).toEqual({ file: 'C:\\node.exe', args: [script, '--sockscope-helper'] })
    expect(helperCommand({ ...node, script: engine })).toEqual({ file: 'C:\\node.exe', args: [script, '--sockscope-helper'] })
    const packaged = { execPath: 'C:\\Sockscope\\Sockscope.exe', script: engine, isElectron: true }
    expect(helperCommand(packaged)).toEqual({ file: packaged.execPath, args: ['--sockscope-command', '--sockscope-helper'] })
    const developing = { ...packaged, execPath: 'C:\\electron.exe' }
    expect(helperCommand(developing).args[0]).toBe('C:\\app\\out\\main\\index.js')
  })
})

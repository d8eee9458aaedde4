import { describe, expect, it } from 'vitest'
import { openParentChannel, type ChildProcessSide } from '../../../src-main/engine-process/parent-channel.ts'

/** A process that is nobody's child until it is given `send` or a port. */
function fakeProcess(extra: Partial<ChildProcessSide> = {}) {
  const listeners = new Map<string, (value: unknown) => void>()
  const exits: number[] = []
  const side: ChildProcessSide = {
    on: (event: string, listener: (value: never) => void) => listeners.set(event, listener as (value: unknown) => void),
    exit: (code) => exits.push(code),
    ...extra,
  }
  return { side, exits, emit: (event: string, value?: unknown) => listeners.get(event)?.(value) }
}

describe('the channel to the parent', () => {
  it('is none when nobody started this process to talk to it', () => {
    expect(openParentChannel(fakeProcess().side)).toBeUndefined()
  })

  it('goes over IPC in a forked process, which ends with its host', () => {
    const sent: unknown[] = []
    const { side, exits, emit } = fakeProcess({ send: (message) => sent.push(message) > 0, connected: true })
    const channel = openParentChannel(side)
    const heard: unknown[] = []
    let closes = 0
    channel?.on('message', (message) => heard.push(message))
    channel?.on('close', () => (closes += 1))
    channel?.post({ type: 'x' })
    emit('message', { type: 'y' })
    expect([sent, heard, exits]).toEqual([[{ type: 'x' }], [{ type: 'y' }], []])
    emit('disconnect')
    emit('disconnect')
    channel?.post({ type: 'late' })
    expect([sent.length, closes, exits]).toEqual([1, 1, [0]])
  })

  it('ends a process whose host went away before it was ready', () => {
    const { side, exits } = fakeProcess({ send: () => true, connected: false })
    openParentChannel(side)
    expect(exits).toEqual([0])
  })

  it('goes over the port in a utility process, whose messages come as events', () => {
    const sent: unknown[] = []
    const portListeners = new Set<(event: { readonly data: unknown }) => void>()
    const deliver = (data: unknown): void => {
      for (const listener of portListeners) listener({ data })
    }
    const parentPort: NonNullable<ChildProcessSide['parentPort']> = {
      on: (_event, listener) => void portListeners.add(listener),
      postMessage: (message) => sent.push(message),
    }
    const channel = openParentChannel(fakeProcess({ parentPort }).side)
    const heard: unknown[] = []
    const stop = channel?.on('message', (message) => heard.push(message))
    deliver({ type: 'y' })
    stop?.()
    deliver({ type: 'z' })
    channel?.post({ type: 'x' })
    expect([sent, heard]).toEqual([[{ type: 'x' }], [{ type: 'y' }]])
  })
})

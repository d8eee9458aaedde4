/** An Api whose answers say something about the channel they came through. Both ends of the contract suite know its rules. */
import type { Api } from '../../src-shared/contract/api.ts'
import type { CallName, Events, InputOf, OutputOf } from '../../src-shared/contract/contract.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import type { EngineStatus, HostInfo } from '../../src-shared/contract/status.ts'
import { defaultSettings } from '../../src-shared/model/settings.ts'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import { serveRpc } from '../../src-shared/rpc/server.ts'

/** getConnection of this id is never answered. */
export const silentId = `c${'0'.repeat(16)}`
/** getConnection of this id fails with a message that only survives as proper Unicode. */
export const unicodeId = `t${'0'.repeat(16)}`
export const unicodeMessage = 'nothing at 日本 \u{1f50c}\u2028 "here"'
/** How many `looked` events one refresh sends before it is answered. */
export const looksPerRefresh = 3

/** The bytes that getChanges answers for `sequence` = length. */
export function fixtureBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(length))
  for (let index = 0; index < length; index += 1) bytes[index] = (index * 31 + length) & 255
  return bytes
}

export const fixtureHost: HostInfo = {
  host: 'cli',
  version: '0.0.0-fixture',
  platform: 'fixture',
  machine: 'fixture',
  elevated: false,
  actionsAllowed: true,
  endProcessSupported: true,
  closeConnectionSupported: true,
  ownPids: [4242],
}

/** getStatus numbers its answers in the order in which it was asked; `sequence` is that number. */
export function createFixtureApi(): Api {
  const listeners = new Set<(status: EngineStatus) => void>()
  let sequence = 0
  const nextStatus = (): EngineStatus => {
    sequence += 1
    return { session: 'fixture', sequence, takenAt: 0, intervalMs: 1000, rows: 0, tickMs: 0, problems: [] }
  }
  const answers: { readonly [Name in CallName]?: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>>> } = {
    getHost: () => Promise.resolve(succeed(fixtureHost)),
    getStatus: () => Promise.resolve(succeed(nextStatus())),
    getSettings: () => Promise.resolve(succeed(defaultSettings)),
    changeSettings: (patch) => Promise.resolve(succeed({ ...defaultSettings, ...(patch as object) })),
    getChanges: ({ sequence: length }) =>
      Promise.resolve(succeed({ header: { added: length } as OutputOf<'getChanges'>['header'], bytes: fixtureBytes(length) })),
    refresh: () => {
      for (let look = 0; look < looksPerRefresh; look += 1) {
        const status = nextStatus()
        for (const listener of listeners) listener(status)
      }
      return Promise.resolve(succeed(nextStatus()))
    },
    getConnection: ({ id }) => (id === silentId ? new Promise(() => {}) : Promise.resolve(fail('not-found', unicodeMessage, { id }))),
    getDoctorReport: () => Promise.reject(new Error('a defect on purpose')),
    endProcess: () => Promise.resolve(succeed([{ target: '1', status: 'protected' as const }])),
  }
  return {
    call: (name, input) => {
      const answer = answers[name]
      return answer === undefined ? Promise.resolve(fail('internal', `The fixture does not answer ${name}.`)) : answer(input)
    },
    on: (name, listener) => {
      if (name !== 'looked') return () => {}
      listeners.add(listener as (status: Events['looked']) => void)
      return () => void listeners.delete(listener as (status: Events['looked']) => void)
    },
  }
}

/** The serving end of the contract suite: read-only. Returns what ends the service. */
export function serveContractFixture(channel: Channel): () => void {
  return serveRpc({ channel, api: createFixtureApi(), allows: (access) => access !== 'act' })
}

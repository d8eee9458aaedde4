/** The real engine in this process, looked at through its own contract: what comes out is what every interface gets. */
import { release } from 'node:os'
import type { Api } from '../../../src-shared/contract/api.ts'
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import { connectionAt, type Connection } from '../../../src-shared/model/connection.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { createLocalApi } from '../../../src-main/api/create-local-api.ts'

export interface Look {
  readonly connections: readonly Connection[]
  readonly problems: readonly Problem[]
  /** Sockets that use this local port now: not the TIME_WAIT remains of earlier ones, nor those of the other protocol. */
  at(port: number, protocol?: Connection['protocol']): Connection[]
  /** The one connection between two local ports. */
  between(localPort: number, remotePort: number): Connection | undefined
}

export interface Looking {
  readonly mirror: RowMirror
  look(): Promise<Look>
  /** Looks until `wanted` finds something, for some seconds. */
  lookFor<Found>(wanted: (look: Look) => Found | undefined): Promise<Found>
}

export interface EngineUnderTest extends Looking {
  readonly api: Api
  startTokenOf(pid: number): string
  stop(): void
}

/** Other work on the machine may hold the engine up. */
const patienceMs = 8000
const betweenLooksMs = 40

export function startEngine({ ownPids = [] }: { readonly ownPids?: readonly number[] } = {}): EngineUnderTest {
  const local = createLocalApi({
    platform: process.platform,
    kernel: release(),
    userName: undefined,
    userId: process.geteuid?.(),
    ownPids,
    sessionBase: 'live',
    now: () => Date.now(),
    steadyNow: () => performance.now(),
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
  const looking = lookThrough(local.api)
  return {
    api: local.api,
    ...looking,
    startTokenOf: (pid) =>
      [...looking.mirror.processes.values()].find((process) => process.pid === pid && process.exited !== true)?.startToken ?? 'unknown',
    stop: () => local.stop(),
  }
}

/** Looks at an engine wherever it lives. */
export function lookThrough(api: Api): Looking {
  const mirror = new RowMirror()
  const look = async (): Promise<Look> => {
    const status = await asked(api, 'refresh', undefined)
    const applied = mirror.apply(
      await asked(
        api,
        'getChanges',
        mirror.session === undefined ? { sequence: 0 } : { session: mirror.session, sequence: mirror.sequence },
      ),
    )
    if (!applied.ok) throw new Error(`The change set was refused: ${applied.reason}`)
    for (const slot of applied.slots.removed) mirror.release(slot)
    const connections = [...mirror.liveSlots()].map((slot) => connectionAt(mirror, slot))
    return {
      connections,
      problems: status.problems,
      at: (port, wanted = 'tcp') =>
        connections.filter(({ local, protocol, state }) => local.port === port && protocol === wanted && state !== 'TIME_WAIT'),
      between: (localPort, remotePort) => connections.find((one) => one.local.port === localPort && one.remote?.port === remotePort),
    }
  }
  return {
    mirror,
    look,
    async lookFor(wanted) {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const found = wanted(await look())
        if (found !== undefined) return found
        if (performance.now() > deadline) throw new Error(`Not seen within ${patienceMs} ms: ${wanted.toString()}`)
        await wait(betweenLooksMs)
      }
    },
  }
}

export async function asked<Name extends Parameters<Api['call']>[0]>(api: Api, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const answer = await api.call(name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
  return answer.value
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

export const pidsOf = (connection: Connection | undefined): number[] =>
  (connection?.owners ?? []).map(({ pid }) => pid).toSorted((left, right) => left - right)

export const isLinux = process.platform === 'linux'
export const isRoot = process.geteuid?.() === 0
export const needsRoot = 'needs root'

/** Real TCP connections over loopback, held by server and client processes, a share of them replaced every second. */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { endProgram, startProgram } from './child-program.ts'
import type { ClientTask } from './socket-client.ts'
import type { Listening } from './socket-server.ts'

export interface Load {
  readonly pids: ReadonlySet<number>
  end(): Promise<void>
}

const listenersPerServer = 4
/** Descriptors a Node process needs beside the load's. */
const ownDescriptors = 200

/** Opens `sockets` sockets (both ends of each connection count) and resolves when all are connected. */
export async function startSocketLoad(sockets: number, churn: number): Promise<Load> {
  const connections = Math.floor(sockets / 2)
  const pairs = Math.max(sockets <= 2000 ? 2 : 4, Math.ceil(connections / (descriptorLimit() - ownDescriptors)))
  const children: ChildProcess[] = []
  try {
    for (let pair = 0; pair < pairs; pair += 1) {
      const server = await startProgram<readonly Listening[]>('./socket-server.ts', addressesOf(pair))
      children.push(server.child)
      const share = Math.floor(connections / pairs) + (pair < connections % pairs ? 1 : 0)
      const task: ClientTask = { connections: share, churn, listeners: server.first }
      children.push((await startProgram<number>('./socket-client.ts', [JSON.stringify(task)])).child)
    }
  } catch (error) {
    await Promise.all(children.map(endProgram))
    throw error
  }
  return {
    pids: new Set(children.flatMap(({ pid }) => pid ?? [])),
    end: async () => void (await Promise.all(children.map(endProgram))),
  }
}

/** Every other server speaks IPv6, where this machine has it; the rest use addresses all over 127.0.0.0/8. */
function addressesOf(pair: number): string[] {
  const six = pair % 2 === 1 && hasLoopback6()
  return Array.from({ length: listenersPerServer }, (_, at) => (six ? '::1' : `127.${20 + pair}.${at}.1`))
}

function hasLoopback6(): boolean {
  try {
    return readFileSync('/proc/net/if_inet6', 'latin1').startsWith('00000000000000000000000000000001')
  } catch {
    return false // no such file: no IPv6
  }
}

/** The hard limit on open files: Node raises its soft limit to it when it starts. */
export function descriptorLimit(): number {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]
  return hard === undefined || hard === 'unlimited' ? 1_000_000 : Number(hard)
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const peer = fileURLToPath(new URL('fixtures/peer.mjs', import.meta.url))

export interface OwnProcess {
  readonly pid: number
  readonly port: number
  readonly child: ChildProcess
  /** Resolves with the signal that ended it. */
  readonly ended: Promise<string | null>
  stop(): Promise<void>
}

/** Starts a process that listens, or holds connections to itself; see fixtures/peer.mjs. It ends with this one. */
export async function startOwnProcess(...args: readonly string[]): Promise<OwnProcess> {
  const child = spawn(process.execPath, [peer, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(([, signal]) => signal as string | null)
  const lines = createInterface(child.stdout)
  const [line] = (await once(lines, 'line')) as [string]
  const { pid, port } = JSON.parse(line) as { pid: number; port: number }
  return {
    pid,
    port,
    child,
    ended,
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}

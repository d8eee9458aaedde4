/** Programs that serve, visit and churn by themselves, started in a namespace. */
import { copyFileSync, linkSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Namespace } from '../network/namespace.ts'
import { undoAtTheEnd } from '../network/cleanup.ts'

export type Role =
  | {
      readonly role: 'serve'
      readonly host: string
      readonly port: number
      /** Several such programs share the port (SO_REUSEPORT). */
      readonly reusePort?: boolean
      readonly ipv6Only?: boolean
      readonly answerBytes?: number
      readonly keepAliveMs?: number
    }
  | {
      readonly role: 'visit'
      readonly host: string
      readonly port: number
      readonly connections: number
      /** So many of them are used; the others are idle. */
      readonly busy: number
      readonly requestsPerSecond: number
      readonly keepAliveMs: number
    }
  /** One request, and its answer taken slowly: a slow path, or a player that has buffered enough. */
  | { readonly role: 'sip'; readonly host: string; readonly port: number; readonly bytesPerSecond: number; readonly keepAliveMs: number }
  | { readonly role: 'churn'; readonly host: string; readonly port: number; readonly perSecond: number; readonly lifetimeMs: number }

export interface BusyProgram {
  readonly pid: number
  end(): Promise<void>
}

const program = fileURLToPath(new URL('fixtures/busy-program.ts', import.meta.url))

/** Answers when the program is ready. */
export async function startBusy(namespace: Namespace, role: Role, executable = process.execPath): Promise<BusyProgram> {
  const started = namespace.start(executable, [program, JSON.stringify(role)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(started, 'exit')
  const first = await Promise.race([once(started.stdout!, 'data'), gone.then(() => undefined)])
  if (first === undefined) throw new Error(`The program did not become ready: ${JSON.stringify(role)}`)
  return {
    pid: started.pid ?? -1,
    end: async () => {
      started.kill('SIGKILL')
      await gone
    },
  }
}

/** Node under another name: for the system, and so for Sockscope, another program. */
export function anotherExecutable(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-lab-'))
  undoAtTheEnd(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  try {
    linkSync(process.execPath, path)
  } catch {
    copyFileSync(process.execPath, path) // another file system, or another user's file
  }
  return path
}

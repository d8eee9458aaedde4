/** Programs that serve, visit and churn by themselves, started in a namespace. */
import { copyFileSync, linkSync, mkdtempSync, rmSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'
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

/** The same as somebody starts it at a terminal: its parent is a shell. */
export async function startBusyFromShell(namespace: Namespace, role: Role): Promise<BusyProgram> {
  const script = 'exec 3<&0; "$0" "$@" <&3 & echo "$!"; wait'
  const shell = namespace.start('/bin/sh', ['-c', script, process.execPath, program, JSON.stringify(role)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(shell, 'exit')
  const pid = await Promise.race([pidBeforeReady(shell), gone.then(() => undefined)])
  if (pid === undefined) throw new Error(`The program did not become ready: ${JSON.stringify(role)}`)
  return {
    pid,
    end: async () => {
      process.kill(pid, 'SIGKILL')
      await gone
    },
  }
}

function pidBeforeReady({ stdout }: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    let text = ''
    stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('ready')) resolve(Number.parseInt(text, 10))
    })
  })
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

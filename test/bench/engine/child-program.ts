/** Programs of the load that run beside the benchmark: they end with their parent, and by themselves when it forgets them. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Longer than any run; a load that is still there after that belongs to nobody. */
const longestLifeMs = 30 * 60_000
/** Filling 40,000 sockets takes seconds; a program that is silent for this long is broken. */
const longestSilenceMs = 120_000

export interface Started<Message> {
  readonly child: ChildProcess
  readonly first: Message
}

/** Starts a program of this folder and resolves with it and its first message. */
export function startProgram<Message>(file: string, args: readonly string[]): Promise<Started<Message>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return nextMessage<Message>(child, file).then((first) => ({ child, first }))
}

export function nextMessage<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`${name} did not answer within ${longestSilenceMs / 1000} s.`), longestSilenceMs)
    const onExit = (code: number | null): void => fail(`${name} ended with code ${code}.`)
    const onMessage = (message: unknown): void => {
      settle()
      resolve(message as Message)
    }
    const settle = (): void => {
      clearTimeout(timer)
      child.off('exit', onExit)
      child.off('message', onMessage)
    }
    const fail = (reason: string): void => {
      settle()
      reject(new Error(reason))
    }
    child.once('exit', onExit)
    child.once('message', onMessage)
  })
}

/** Ends a program by letting go of it, and waits until it is gone. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => void child.once('exit', resolve))
  if (child.connected) child.disconnect()
  await ended
}

/** Called first in every program: no parent, no program. `letGo` runs before the end and may take a moment. */
export function endWithParent(letGo: () => Promise<void> = () => Promise.resolve()): void {
  process.once('disconnect', () => void letGo().finally(() => process.exit(0)))
  setTimeout(() => process.exit(1), longestLifeMs).unref()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
}

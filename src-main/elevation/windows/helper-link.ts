/** The engine's end of the pipe to its helper: requests out, answers back in any order. */
import type { Socket } from 'node:net'
import type { HelperRequest } from './helper-protocol.ts'
import { parseAnswer } from './helper-protocol.ts'
import type { LineSplitter } from './line-splitter.ts'

export type StartTimer = (run: () => void, delayMs: number) => () => void

/** Ending a process may take two seconds; a helper that needs longer for anything hangs. */
const answerTimeoutMs = 10_000

type WithoutId<Request> = Request extends HelperRequest ? Omit<Request, 'id'> : never

export class HelperLink {
  readonly #socket: Socket
  readonly #startTimer: StartTimer
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #lastId = 0
  closed = false

  /** `splitter` may hold the beginning of a line already. */
  constructor(socket: Socket, splitter: LineSplitter, startTimer: StartTimer, onClose: () => void) {
    this.#socket = socket
    this.#startTimer = startTimer
    socket.on('data', (chunk) => {
      for (const line of splitter.push(chunk)) this.#take(line)
      if (splitter.overrun) socket.destroy()
    })
    socket.on('close', () => {
      this.closed = true
      for (const settle of this.#waiting.values()) settle(undefined)
      this.#waiting.clear()
      onClose()
    })
  }

  /** The answer as it came; undefined when the helper went away or hangs. */
  ask(request: WithoutId<HelperRequest>): Promise<unknown> {
    if (this.closed) return Promise.resolve(undefined)
    this.#lastId = (this.#lastId + 1) >>> 0
    const id = this.#lastId
    return new Promise((resolve) => {
      const stopTimer = this.#startTimer(() => this.#socket.destroy(), answerTimeoutMs)
      this.#waiting.set(id, (answer) => {
        stopTimer()
        resolve(answer)
      })
      this.#socket.write(`${JSON.stringify({ id, ...request })}\n`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(line: string): void {
    const answer = parseAnswer(line)
    const settle = answer === undefined ? undefined : this.#waiting.get(answer.id)
    if (answer === undefined || settle === undefined) {
      this.#socket.destroy() // not our helper's way of speaking
      return
    }
    this.#waiting.delete(answer.id)
    settle(answer.answer)
  }
}

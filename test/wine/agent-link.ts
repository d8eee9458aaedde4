/** The tests' end of the talk with an agent: its commands, and the engine in it through the contract. */
import type { Api } from '../../src-shared/contract/api.ts'
import { createRpcClient } from '../../src-shared/rpc/client.ts'
import type { AgentAnswer, AgentRequest } from './agent-messages.ts'
import { createFrameChannel } from './frame-channel.ts'

export interface Agent {
  /** Its pid as Windows counts. */
  readonly pid: number
  readonly api: Api
  command<Value = unknown>(command: string, input?: unknown): Promise<Value>
  /** Resolves when its connection to the tests has ended. */
  readonly gone: Promise<void>
}

interface Pending {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** A thousand connections take some seconds when the machine is busy. */
const answerLimitMs = 60_000

/** Agents by their transport's number; `receive` and `ended` are for the transport. */
export function createAgentBook(send: (agent: number, text: string) => void) {
  const links = new Map<number, { receive: (text: string) => void; ended: () => void }>()
  const ready: Agent[] = []
  const waiting: ((agent: Agent) => void)[] = []
  return {
    opened(agent: number): void {
      links.set(
        agent,
        createLink(
          (text) => send(agent, text),
          (found) => {
            const first = waiting.shift()
            if (first === undefined) ready.push(found)
            else first(found)
          },
        ),
      )
    },
    receive: (agent: number, text: string): void => links.get(agent)?.receive(text),
    ended(agent: number): void {
      links.get(agent)?.ended()
      links.delete(agent)
    },
    /** The next agent that reports. */
    next(): Promise<Agent> {
      const first = ready.shift()
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first)
    },
  }
}

function createLink(send: (text: string) => void, onReady: (agent: Agent) => void) {
  const pending = new Map<number, Pending>()
  const post = (request: AgentRequest): void => send(JSON.stringify(request))
  const frames = createFrameChannel((frame) => post({ frame }))
  const api = createRpcClient(frames.channel, {
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
  const { promise: gone, resolve: markGone } = Promise.withResolvers<void>()
  let lastId = 0
  let over = false
  const command = <Value>(name: string, input?: unknown): Promise<Value> => {
    if (over) return Promise.reject(new Error('The agent has ended.'))
    lastId += 1
    const id = lastId
    return new Promise<Value>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The agent did not answer ${name}.`)), answerLimitMs)
      pending.set(id, { resolve, reject, timer })
      post({ id, command: name, input })
    })
  }
  const settle = (id: number): Pending | undefined => {
    const call = pending.get(id)
    pending.delete(id)
    clearTimeout(call?.timer)
    return call
  }
  return {
    receive(text: string): void {
      const answer = JSON.parse(text) as AgentAnswer
      if ('hello' in answer) onReady({ pid: answer.hello, api, command, gone })
      else if ('frame' in answer) frames.receive(answer.frame)
      else if ('error' in answer) settle(answer.id)?.reject(new Error(answer.error))
      else settle(answer.id)?.resolve(answer.value as never)
    },
    ended(): void {
      over = true
      for (const id of pending.keys()) settle(id)?.reject(new Error('The agent has ended.'))
      frames.closed()
      markGone()
    },
  }
}

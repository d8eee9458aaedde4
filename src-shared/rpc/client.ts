/** An Api over a channel. Every call ends: with the answer, with `timeout`, or with `disconnected`. */
import * as v from 'valibot'
import type { Api } from '../contract/api.ts'
import { contract, type CallName, type EventName, type Events, type InputOf, type OutputOf } from '../contract/contract.ts'
import { fail, type Result } from '../contract/result.ts'
import type { Channel } from './channel.ts'
import { replySchema } from './message.ts'

export interface RpcClientOptions {
  /** Starts a timer and returns what cancels it. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void
}

interface PendingCall {
  readonly settle: (result: Result<never>) => void
  readonly cancelTimer: () => void
}

type Listener = (value: never) => void

export function createRpcClient(channel: Channel, { startTimer }: RpcClientOptions): Api {
  const pending = new Map<number, PendingCall>()
  const listeners = new Map<string, Set<Listener>>()
  let lastId = 0
  let open = true

  const settle = (id: number, result: Result<unknown>): void => {
    const call = pending.get(id)
    if (call === undefined) return
    pending.delete(id)
    call.cancelTimer()
    call.settle(result as Result<never>)
  }
  channel.on('message', (message) => {
    const reply = v.safeParse(replySchema, message)
    if (!reply.success) return
    const { output } = reply
    if (output.type === 'event') for (const listener of listeners.get(output.name) ?? []) listener(output.value as never)
    else if (output.bytes === undefined) settle(output.id, output.result as Result<unknown>)
    else if (output.result.ok) settle(output.id, { ok: true, value: { ...(output.result.value as object), bytes: output.bytes } })
  })
  channel.on('close', () => {
    open = false
    for (const id of pending.keys()) settle(id, fail('disconnected', 'The connection to Sockscope was closed.'))
  })

  return {
    call<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
      if (!open) return Promise.resolve(fail('disconnected', 'The connection to Sockscope is closed.'))
      // A page of another version may ask for what this one does not know.
      if (!Object.hasOwn(contract, name)) return Promise.resolve(fail('unknown-call', 'There is no such call.'))
      lastId += 1
      const id = lastId
      const { timeoutMs } = contract[name]
      return new Promise((resolve) => {
        const cancelTimer = startTimer(() => settle(id, fail('timeout', `${name} was not answered within ${timeoutMs} ms.`)), timeoutMs)
        pending.set(id, { settle: resolve, cancelTimer })
        channel.post(input === undefined ? { type: 'call', id, name } : { type: 'call', id, name, input })
      })
    },
    on<Name extends EventName>(name: Name, listener: (value: Events[Name]) => void): () => void {
      const of = listeners.get(name) ?? new Set()
      listeners.set(name, of.add(listener))
      return () => void of.delete(listener)
    },
  }
}

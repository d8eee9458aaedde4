/** One Api over a succession of engines: subscriptions outlive each of them, calls go to the one of the moment. */
import type { Api } from '../../src-shared/contract/api.ts'
import { eventNames, type CallName, type EventName, type Events, type InputOf, type OutputOf } from '../../src-shared/contract/contract.ts'
import { fail, type Result } from '../../src-shared/contract/result.ts'

export interface ForwardingApi {
  readonly api: Api
  /** From now on `engine` answers. Returns what takes it away again. */
  use(engine: Api): () => void
}

type Listener = (value: never) => void

export function createForwardingApi(): ForwardingApi {
  const listeners = new Map<EventName, Set<Listener>>()
  let current: Api | undefined

  return {
    api: {
      async call<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
        if (current === undefined) return fail('engine-unavailable', 'The engine is not running.')
        const result = await current.call(name, input)
        if (result.ok || result.error.code !== 'disconnected') return result
        return fail('engine-unavailable', `The engine ended before it answered ${name}.`)
      },
      on<Name extends EventName>(name: Name, listener: (value: Events[Name]) => void): () => void {
        const of = listeners.get(name) ?? new Set()
        listeners.set(name, of.add(listener))
        return () => void of.delete(listener)
      },
    },
    use(engine) {
      const stops = eventNames.map((name) =>
        engine.on(name, (value) => {
          for (const listener of listeners.get(name) ?? []) listener(value as never)
        }),
      )
      current = engine
      return () => {
        for (const stop of stops) stop()
        if (current === engine) current = undefined
      }
    },
  }
}

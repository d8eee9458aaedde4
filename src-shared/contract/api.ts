import type { CallName, EventName, Events, InputOf, OutputOf } from './contract.ts'
import type { Result } from './result.ts'

/**
 * The contract as something one can hold: a client over a channel and the engine's own implementation look the same. Calls never
 * throw and never hang: whatever goes wrong is a `Result`.
 */
export interface Api {
  call<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>>
  /** Returns its unsubscribe. */
  on<Name extends EventName>(name: Name, listener: (value: Events[Name]) => void): () => void
}

/** The functions behind the calls; a host may implement part of them and forward the rest. */
export type Handlers = { readonly [Name in CallName]: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>>> }

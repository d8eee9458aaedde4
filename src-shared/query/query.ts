/**
 * A query as plain data. What parseQuery makes is flat: no `and` directly in an `and`, no `or` in an `or`, no `not` in a `not`, and
 * groups have two terms or more; queryText relies on it.
 */
import type { Protocol } from '../model/columns.ts'
import type { TcpState } from '../model/tcp-state.ts'
import type { NumberKey, SetName, TextKey } from './query-keys.ts'

export type Query =
  | { readonly kind: 'everything' }
  | { readonly kind: 'and'; readonly terms: readonly Query[] }
  | { readonly kind: 'or'; readonly terms: readonly Query[] }
  | { readonly kind: 'not'; readonly term: Query }
  | Term

/** A term matches when any of its values does. */
export type Term =
  | { readonly kind: 'word'; readonly values: readonly WordTest[] }
  | { readonly kind: 'text'; readonly key: TextKey; readonly values: readonly TextTest[] }
  | { readonly kind: 'number'; readonly key: NumberKey; readonly values: readonly NumberTest[] }
  | { readonly kind: 'address'; readonly key: 'local' | 'remote'; readonly values: readonly AddressTest[] }
  | { readonly kind: 'state'; readonly values: readonly TcpState[] }
  | { readonly kind: 'protocol'; readonly values: readonly ProtocolTest[] }
  | { readonly kind: 'set'; readonly values: readonly SetName[] }

/** plain: case does not matter. wildcard: `*` any text, `?` one character, over the whole text. */
export type TextTest =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean }

/** An address (all bits) or a block, canonical text; `port` only together with one address. */
export interface NetworkTest {
  readonly kind: 'network'
  readonly address: string
  readonly bits: number
  readonly port?: number
}

export type WordTest = TextTest | NetworkTest
export type AddressTest = Exclude<TextTest, { kind: 'plain' }> | NetworkTest

export interface ProtocolTest {
  readonly protocol: Protocol
  readonly family?: 4 | 6
}

/** A figure as written: `1.5` `MB`. The unit is one of the key's (quantity.ts), `''` for none. */
export interface Quantity {
  readonly amount: number
  readonly unit: string
}

export type NumberTest =
  | { readonly op: '=' | '>' | '<' | '>=' | '<='; readonly value: Quantity }
  | { readonly op: 'between'; readonly from: Quantity; readonly to: Quantity }

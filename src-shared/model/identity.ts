import { identityKinds, type IdentityKind } from './columns.ts'

/** A connection's identity: 64 bits as two halves (a double cannot hold a cookie) and what they are. */
export interface ConnectionIdentity {
  readonly kind: IdentityKind
  readonly low: number
  readonly high: number
}

const marks: Record<IdentityKind, string> = { cookie: 'c', tuple: 't' }
const hex8 = (value: number): string => value.toString(16).padStart(8, '0')

/** The public id: `c` or `t` and sixteen hexadecimal digits. */
export function identityText(kindIndex: number, low: number, high: number): string {
  return marks[identityKinds[kindIndex] ?? 'tuple'] + hex8(high) + hex8(low)
}

export const identityPattern = /^[ct][0-9a-f]{16}$/

/** Undefined when the text is no id. */
export function parseIdentity(text: string): ConnectionIdentity | undefined {
  if (!identityPattern.test(text)) return undefined
  return {
    kind: text.startsWith('c') ? 'cookie' : 'tuple',
    high: Number.parseInt(text.slice(1, 9), 16),
    low: Number.parseInt(text.slice(9), 16),
  }
}

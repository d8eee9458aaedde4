/** A question to rows: are you one of these connections? One look-up of a number a row, and no text. */
import { identityKinds } from '../../src-shared/model/columns.ts'
import { parseIdentity } from '../../src-shared/model/identity.ts'
import type { RowPredicate } from '../../src-shared/query/index.ts'

interface Rest {
  readonly high: number
  /** Index into `identityKinds`. */
  readonly kind: number
}

/** Texts that are no identity stand for no row. */
export function identityPredicate(identities: readonly string[]): RowPredicate {
  /** By the low half, which alone tells nearly all of them apart. */
  const byLow = new Map<number, Rest[]>()
  for (const text of identities) {
    const identity = parseIdentity(text)
    if (identity === undefined) continue
    const rest = { high: identity.high, kind: identityKinds.indexOf(identity.kind) }
    const others = byLow.get(identity.low)
    if (others === undefined) byLow.set(identity.low, [rest])
    else others.push(rest)
  }
  return ({ columns: { identityLow, identityHigh, identityKind } }, slot) => {
    const candidates = byLow.get(identityLow[slot] as number)
    return candidates?.some(({ high, kind }) => high === identityHigh[slot] && kind === identityKind[slot]) === true
  }
}

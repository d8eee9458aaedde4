/** A question to rows: are you one of these connections? A byte looked up for nearly every row, a number for the rest, never a text. */
import { identityKinds } from '../../src-shared/model/columns.ts'
import { parseIdentity } from '../../src-shared/model/identity.ts'
import type { RowPredicate } from '../../src-shared/query/index.ts'

interface Rest {
  readonly high: number
  /** Index into `identityKinds`. */
  readonly kind: number
}

/** Bits of the low half that tell most rows at once that they are not meant; a map of a hundred thousand numbers is not asked then. */
const markBits = 0xffff

/** Texts that are no identity stand for no row. */
export function identityPredicate(identities: readonly string[]): RowPredicate {
  /** By the low half, which alone tells nearly all of them apart. */
  const byLow = new Map<number, Rest[]>()
  const marks = new Uint8Array(markBits + 1)
  for (const text of identities) {
    const identity = parseIdentity(text)
    if (identity === undefined) continue
    marks[identity.low & markBits] = 1
    const rest = { high: identity.high, kind: identityKinds.indexOf(identity.kind) }
    const others = byLow.get(identity.low)
    if (others === undefined) byLow.set(identity.low, [rest])
    else others.push(rest)
  }
  return ({ columns: { identityLow, identityHigh, identityKind } }, slot) => {
    const low = identityLow[slot] as number
    if (marks[low & markBits] === 0) return false
    const candidates = byLow.get(low)
    return candidates?.some(({ high, kind }) => high === identityHigh[slot] && kind === identityKind[slot]) === true
  }
}

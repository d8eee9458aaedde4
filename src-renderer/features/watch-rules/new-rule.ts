import type { WatchRule } from '../../../src-shared/model/watch-rule.ts'

/** A burst of connections is one alarm. */
const usualCoolDownMs = 10_000
const usualCount = 100
const idBytes = 8

/** A rule as the editor shows it first: without a name until the person or the editor gives it one. */
export function newRule(query: string): WatchRule {
  const bytes = crypto.getRandomValues(new Uint8Array(idBytes))
  const id = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { id, name: '', query, kind: 'row', count: usualCount, coolDownMs: usualCoolDownMs, enabled: true, sound: false }
}

/** What diagnose says about rules that could not fire must be what the rules do: they are run here, on rows older than the watching. */
import { describe, expect, it } from 'vitest'
import type { Rule } from '../../../../src-main/diagnosis/rule.ts'
import { closeWaitLeak } from '../../../../src-main/diagnosis/rules/close-wait-leak.ts'
import { finWait2Stuck } from '../../../../src-main/diagnosis/rules/fin-wait-2-stuck.ts'
import { finWait1Pile, lastAckPile } from '../../../../src-main/diagnosis/rules/piles.ts'
import { readerStalled } from '../../../../src-main/diagnosis/rules/reader-stalled.ts'
import { senderStalled } from '../../../../src-main/diagnosis/rules/sender-stalled.ts'
import { synSentStalled } from '../../../../src-main/diagnosis/rules/syn-sent-stalled.ts'
import { ruleIds } from '../../../../src-shared/contract/diagnosis.ts'
import { neededWatchMs, tooShortFor } from '../../../../src-shared/explain/findings/rule-knowledge.ts'
import type { TcpState } from '../../../../src-shared/model/tcp-state.ts'
import { thresholdsInForce } from '../../../../src-shared/model/thresholds.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { RuleWatch } from '../../../builders/rule-watch.ts'

const usual = thresholdsInForce({})
const owner = { pid: 812, startToken: 't', name: 'app' }

const rowsIn = (state: TcpState, more: Partial<RowInput> = {}): RowInput[] =>
  Array.from({ length: 30 }, (_, index) => ({
    id: index + 1,
    state,
    local: `192.0.2.1:${20_000 + index}`,
    remote: '192.0.2.9:443',
    owner,
    ...more,
  }))

const cases: readonly (readonly [rule: Rule, rows: readonly RowInput[]])[] = [
  [closeWaitLeak as Rule, rowsIn('CLOSE_WAIT')],
  [synSentStalled as Rule, rowsIn('SYN_SENT')],
  [finWait2Stuck as Rule, rowsIn('FIN_WAIT_2')],
  [finWait1Pile as Rule, rowsIn('FIN_WAIT_1')],
  [lastAckPile as Rule, rowsIn('LAST_ACK')],
  [readerStalled as Rule, rowsIn('ESTABLISHED', { receiveQueue: 100_000, receivedBytes: 100_000 })],
  [senderStalled as Rule, rowsIn('ESTABLISHED', { sendQueue: 100_000, sentBytes: 0 })],
]

describe('the time that a rule needs', () => {
  it.each(cases.map(([rule, rows]) => [rule.id, rule, rows] as const))('is when %s first fires', (id, rule, rows) => {
    const needed = neededWatchMs(id, usual)
    const watch = new RuleWatch(rule)
    watch.full(rows)
    expect(watch.look({ afterMs: needed - 1 }).filter(({ level }) => level === 'raise')).toEqual([])
    expect(watch.look({ afterMs: 1 }).map(({ level }) => level)).toEqual(['raise'])
  })

  it('follows the thresholds', () => {
    expect(neededWatchMs('close-wait-leak', thresholdsInForce({ 'close-wait-age': 2000 }))).toBe(2000)
    expect(neededWatchMs('connection-churn', usual)).toBe(4000)
    expect(neededWatchMs('port-exhaustion', usual)).toBe(0)
  })

  it('is nothing to tell of once it has passed', () => {
    expect(tooShortFor(59_999, usual)).toEqual(['close-wait-leak', 'fin-wait-2-stuck'])
    expect(tooShortFor(60_000, usual)).toEqual([])
    expect(tooShortFor(0, usual).length).toBeGreaterThan(8)
    expect(tooShortFor(0, usual).every((rule) => ruleIds.includes(rule))).toBe(true)
  })
})

import { isLoopback } from '../../../src-shared/model/address.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { establishedCode } from '../../../src-shared/model/tcp-state.ts'
import { dataAgeFigures, sinceReceived, sinceSent } from '../data-ages.ts'
import { breakdownByRemoteAddress, breakdownByRemotePort } from '../endpoint-breakdowns.ts'
import { measured } from '../figures.ts'
import type { ObservedTable } from '../observed-table.ts'
import { groupByOwner, type OwnerGroup } from '../owner-groups.ts'
import type { Candidate, Rule, RuleContext } from '../rule.ts'
import { firstUntold } from '../told-by-source.ts'

/**
 * RFC 1122 section 4.2.3.6: keepalive is off unless the program asks for it, and without it TCP sends nothing on an idle connection, so
 * that a peer that vanished is never missed. On the loopback nobody can vanish without the kernel's knowing.
 */
export const idleWithoutKeepalive: Rule<undefined> = {
  id: 'idle-without-keepalive',
  start: () => undefined,
  examine: (context) => groupByOwner(context.table.mirror, idleRows(context)).map((group) => candidate(context, group)),
  unwatched: (surroundings) => firstUntold(surroundings, ['timers', 'retransmits']),
}

function idleRows({ table, thresholds }: RuleContext): readonly number[] {
  const { mirror, live, now } = table
  const { state, timerKind, lastReceivedSeconds } = mirror.columns
  const untilSeconds = (now - thresholds['idle-age']) / 1000
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) {
    if (state[slot] !== establishedCode || timerKind[slot] !== 0 || live[slot] !== 1) continue
    if ((lastReceivedSeconds[slot] as number) > untilSeconds) continue // most rows of a busy machine
    const idle = idleFor(table, slot)
    if (idle !== undefined && idle >= thresholds['idle-age'] && !isOnLoopback(mirror, slot)) slots.push(slot)
  }
  return slots
}

/** In both directions; undefined when that is not told. */
function idleFor(table: ObservedTable, slot: number): number | undefined {
  const received = sinceReceived(table, slot)
  const sent = sinceSent(table, slot)
  return received === undefined || sent === undefined ? undefined : Math.min(received, sent)
}

function isOnLoopback({ columns }: RowMirror, slot: number): boolean {
  const { remote0, remote1, remote2, remote3 } = columns
  return isLoopback(remote0[slot] ?? 0, remote1[slot] ?? 0, remote2[slot] ?? 0, remote3[slot] ?? 0)
}

function candidate({ table, thresholds }: RuleContext, { key, process, unseenUser, slots }: OwnerGroup): Candidate {
  const { mirror } = table
  const longest = slots.reduce((age, slot) => Math.max(age, idleFor(table, slot) ?? 0), 0)
  return {
    key,
    level: 'raise',
    severity: 'notice',
    process,
    unseenUser,
    evidence: slots,
    figures: [
      { id: 'rows', unit: 'count', value: slots.length },
      measured('oldest-age', longest, 'idle-age', thresholds),
      ...dataAgeFigures(table, slots),
    ],
    facts: [{ id: 'timer', value: 'none' }],
    breakdowns: [breakdownByRemoteAddress(mirror, slots), breakdownByRemotePort(mirror, slots)],
  }
}

/** The counters of a report as lines of a table, with what they did since the last and since the first sample. */
import type { AddressFamily, StatisticsGroup, StatisticsGroupId, StatisticsReport } from '../contract/network.ts'
import { withoutUndefined } from '../model/connection.ts'
import { counterIncrease, counterRate } from './counter-increase.ts'

export interface CounterRow {
  /** The system's own name. */
  readonly counter: string
  readonly value: number
  readonly isGauge: boolean
  /** Per second, between the last two samples. */
  readonly perSecond?: number
  /** Since the first sample. */
  readonly increase?: number
}

export interface CounterGroup {
  readonly id: StatisticsGroupId
  readonly family?: AddressFamily
  readonly rows: readonly CounterRow[]
}

export interface Samples {
  readonly first: StatisticsReport
  /** The sample before the last; absent when there is one only. */
  readonly before?: StatisticsReport
  readonly last: StatisticsReport
}

/** What people of this tool come for is first. */
const order: readonly StatisticsGroupId[] = ['tcp', 'tcpExtended', 'udp', 'ip', 'ipExtended', 'icmp', 'icmpMessages', 'udpLite', 'mptcp']

export function counterGroups({ first, before, last }: Samples): CounterGroup[] {
  const groups = last.groups.toSorted((left, right) => order.indexOf(left.id) - order.indexOf(right.id))
  return groups.map((group) => {
    const old = before === undefined ? undefined : sameGroup(before, group)
    const oldest = sameGroup(first, group)
    const spanMs = before === undefined ? 0 : last.takenAt - before.takenAt
    const gauges = Object.entries(group.gauges).map(([counter, value]): CounterRow => ({ counter, value, isGauge: true }))
    const counters = Object.entries(group.counters).map(([counter, value]) => {
      const perSecond = counterRate(old?.counters[counter], value, spanMs)
      const since = oldest?.counters[counter]
      const increase = since === undefined ? undefined : counterIncrease(since, value)
      return withoutUndefined<CounterRow>({ counter, value, isGauge: false, perSecond, increase })
    })
    return withoutUndefined<CounterGroup>({ id: group.id, family: group.family, rows: [...gauges, ...counters] })
  })
}

function sameGroup({ groups }: StatisticsReport, { id, family }: StatisticsGroup): StatisticsGroup | undefined {
  return groups.find((each) => each.id === id && each.family === family)
}

/**
 * Prints what a page of groups costs for one change set of 100,000 rows, as it is grouped and sorted: node test/bench/group-pages-speed.ts
 * Drawing is not in it: forty lines, whatever the rows. A page that is not on display is not there and costs nothing.
 */
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { listeningPortSet, listeningPorts } from '../../src-renderer/view/grouping/listening-ports.ts'
import { groupingByOwner, ownerGroupings } from '../../src-renderer/view/grouping/owner-groupings.ts'
import { groupingByRemote, remoteGroupings, remoteRank } from '../../src-renderer/view/grouping/remote-groupings.ts'
import { remoteCount } from '../../src-renderer/view/grouping/distinct-remotes.ts'
import { medianRoundTrip, ownerCountAmong, servicePorts } from '../../src-renderer/view/grouping/group-facts.ts'
import { GroupOrder, type GroupValue } from '../../src-renderer/view/grouping/group-order.ts'
import { RowGroups, type Grouping } from '../../src-renderer/view/grouping/row-groups.ts'
import { seededRandom } from '../builders/seeded-random.ts'
import { SimulatedTable } from './renderer/simulated-table.ts'

const rowCount = 100_000
const rounds = 25
const warmUp = 5

type Sort = (mirror: RowMirror, groups: RowGroups) => GroupValue

const bySockets: Sort =
  (_, { totals }) =>
  (group) =>
    totals.sockets[group] ?? 0
const byRate: Sort =
  (_, { totals }) =>
  (group) =>
    totals.receiveRate[group] ?? 0
const remoteSorts: Readonly<Record<string, Sort>> = {
  sockets: bySockets,
  rate: byRate,
  address: (mirror, groups) => (group) => remoteRank(mirror, groups.firstSlotOf(group)),
  processes: (mirror, groups) => (group) => ownerCountAmong(mirror, groups.slotsOf(group)),
  'round trip': (mirror, groups) => (group) => medianRoundTrip(mirror, groups.slotsOf(group)),
  services: (mirror, groups) => {
    const isListening = listeningPortSet(mirror)
    return (group) => (groups.totals.sockets[group] === 1 ? 1 : servicePorts(mirror, groups.slotsOf(group), isListening).length)
  },
}
const ownerSorts: Readonly<Record<string, Sort>> = {
  sockets: bySockets,
  rate: byRate,
  remotes: (mirror, groups) => (group) => remoteCount(mirror, groups.slotsOf(group)),
}

function measure(name: string, look: (mirror: RowMirror) => number): void {
  const random = seededRandom(7)
  const table = new SimulatedTable(rowCount, () => random.below(2 ** 30) / 2 ** 30)
  const mirror = new RowMirror()
  mirror.apply(table.full())
  const times: number[] = []
  let lines = look(mirror)
  for (let round = -warmUp; round < rounds; round += 1) {
    const outcome = mirror.apply(table.delta(1000))
    if (outcome.ok) for (const slot of outcome.slots.removed) mirror.release(slot)
    const startedAt = performance.now()
    lines = look(mirror)
    if (round >= 0) times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1).padStart(7)
  console.log(`${name.padEnd(44)}${String(lines).padStart(8)} lines${at(0.5)} ms${at(0.95)} ms`)
}

function grouped(grouping: Grouping, sort: Sort): (mirror: RowMirror) => number {
  const groups = new RowGroups(grouping)
  const order = new GroupOrder()
  return (mirror) => {
    groups.update(mirror)
    order.arrange(groups, { valueOf: sort(mirror, groups), descending: true, hold: false })
    return order.order.length
  }
}

console.log(`${'one change set (2 % leave, 2 % arrive, 10 % change)'.padEnd(58)} median     p95`)
for (const by of ownerGroupings)
  for (const [sort, valueOf] of Object.entries(ownerSorts))
    measure(`processes by ${by}, sorted by ${sort}`, grouped(groupingByOwner(by), valueOf))
for (const by of remoteGroupings)
  for (const [sort, valueOf] of Object.entries(remoteSorts))
    measure(`remote hosts by ${by}, sorted by ${sort}`, grouped(groupingByRemote(by), valueOf))
measure('listening ports, sorted by port', (mirror) => {
  const { ports } = listeningPorts(mirror)
  return ports.toSorted((a, b) => a.port - b.port).length
})

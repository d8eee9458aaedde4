import type { Severity } from '../../../src-shared/contract/diagnosis.ts'
import { protocols } from '../../../src-shared/model/columns.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { breakdownByLocalEndpoint } from '../endpoint-breakdowns.ts'
import { localHostKey } from '../endpoint-key.ts'
import { isWildcard, scopeOf } from '../../../src-shared/model/address-scope.ts'
import { known } from '../figures.ts'
import { groupBy } from '../group-by.ts'
import { openUdpSlots } from '../open-ports.ts'
import { breakdownByProcess, ownersOfAll } from '../owner-groups.ts'
import { isSameProgram, programOf, type Program } from '../program-of.ts'
import { localOf, processAt } from '../row-facts.ts'
import type { Candidate, Rule, RuleContext } from '../rule.ts'
import type { Surroundings } from '../surroundings.ts'

/**
 * UDP ports that programs share on purpose, each to hear what is sent to a group or to everybody: DHCP, NTP broadcasts, NetBIOS,
 * SSDP, WS-Discovery, mDNS, LLMNR, local discovery of BitTorrent, Dropbox, Syncthing and Steam.
 */
const sharedUdpPorts = new Set([67, 68, 123, 137, 138, 546, 547, 1900, 3702, 5353, 5355, 6771, 17_500, 21_027, 27_036])
/** From here on UDP ports are chosen by the system, for one program each (RFC 6335; Linux begins at 32768). */
const firstDynamicPort = 32_768
/** Programs and addresses on one port that are compared with each other; more are no mistake but somebody's design. */
const maximumCompared = 32

/** Sockets of one program in one place: its workers need no comparing. */
interface Party {
  /** One of `slots`; the others are in the same place. */
  readonly slot: number
  readonly slots: readonly number[]
  readonly owners: readonly Owner[]
}

interface Owner {
  readonly pid: number
  readonly program: Program
}

const localhost = 0x7f00_0001

/** Two sockets on one port: the same family in the same place, or IPv4 and IPv6 side by side, which is only worth knowing. */
type Overlap = 'same' | 'families'

/** Which of two programs answers depends on the address and family that a client uses. */
export const portConflict: Rule<undefined> = {
  id: 'port-conflict',
  start: () => undefined,
  examine: (context) => {
    const { mirror } = context.table
    const { localPort, protocol } = mirror.columns
    const udp = openUdpSlots(context.table, (port) => port < firstDynamicPort && !sharedUdpPorts.has(port))
    const byPort = groupBy([...context.states.LISTEN, ...udp], (slot) => (localPort[slot] as number) * 2 + (protocol[slot] as number))
    return [...byPort.values()].flatMap((slots) => conflictAmong(context, slots) ?? [])
  },
}

function conflictAmong({ table: { mirror }, surroundings }: RuleContext, slots: readonly number[]): Candidate | undefined {
  if (slots.length < 2) return undefined
  const parties = partiesOf(mirror, slots, surroundings)
  const involved = new Set<Party>()
  let worst: Severity | undefined
  for (const [index, left] of parties.entries())
    for (const right of parties.slice(index + 1)) {
      const overlap = areStrangers(left, right) ? overlapOf(mirror, left.slot, right.slot) : undefined
      if (overlap === undefined) continue
      involved.add(left).add(right)
      // One executable in one place asked for it (SO_REUSEPORT): a copy that was left running, or copies on purpose.
      if (overlap === 'same' && !shareExecutable(left, right)) worst = 'warning'
      else worst ??= 'notice'
    }
  return worst === undefined
    ? undefined
    : candidate(
        mirror,
        [...involved].flatMap((party) => party.slots),
        worst,
      )
}

/** Without sockets of unknown owners: nobody can tell whether they are strangers. */
function partiesOf(mirror: RowMirror, slots: readonly number[], surroundings: Surroundings): readonly Party[] {
  const { columns } = mirror
  const programs = new Map<number, Program>()
  const programAt = (slot: number): Program | undefined => {
    const reference = columns.owner[slot] as number
    const process = processAt(mirror, reference)
    if (process === undefined) return undefined
    const program = programs.get(reference) ?? programOf(process, surroundings)
    programs.set(reference, program)
    return program
  }
  const owned = slots.filter((slot) => mirror.ownerOf(slot) !== undefined)
  const places = groupBy(owned, (slot) => {
    const { name, executable, root } = programAt(slot) ?? {}
    return `${name} ${executable} ${root} ${columns.family[slot]} ${columns.interface[slot]} ${localHostKey(columns, slot)}`
  })
  return [...places.values()].slice(0, maximumCompared).map((group) => ({
    slot: group[0] ?? 0,
    slots: group,
    owners: ownersOfAll(mirror, group).map((process) => ({ pid: process.pid, program: programOf(process, surroundings) })),
  }))
}

function overlapOf(mirror: RowMirror, left: number, right: number): Overlap | undefined {
  const { columns } = mirror
  // One that is bound to a device was put beside the other on purpose.
  if (columns.interface[left] !== columns.interface[right]) return undefined
  const meet = localHostKey(columns, left) === localHostKey(columns, right) || isWildcard(mirror, left) || isWildcard(mirror, right)
  if (columns.family[left] === columns.family[right]) return meet ? 'same' : undefined
  if (isPrivateLoopback(mirror, left) || isPrivateLoopback(mirror, right)) return undefined
  // "localhost" is both ::1 and 127.0.0.1.
  return meet || (scopeOf(mirror, left) === 'loopback' && scopeOf(mirror, right) === 'loopback') ? 'families' : undefined
}

/** 127.0.0.2 and above: no name leads there but by configuration, as with the resolver on 127.0.0.53. */
function isPrivateLoopback(mirror: RowMirror, slot: number): boolean {
  const host = localHostKey(mirror.columns, slot)
  return typeof host === 'number' && host >>> 24 === 127 && host !== localhost
}

/** No process in common, and no program: workers, restarts and helpers that inherited a socket are of one family. */
function areStrangers({ owners: mine }: Party, { owners: theirs }: Party): boolean {
  return !mine.some((one) => theirs.some((other) => one.pid === other.pid || isSameProgram(one.program, other.program)))
}

function shareExecutable({ owners: mine }: Party, { owners: theirs }: Party): boolean {
  const mineRun = new Set(mine.flatMap(({ program }) => program.executable ?? []))
  return theirs.some(({ program: { executable } }) => executable !== undefined && mineRun.has(executable))
}

function candidate(mirror: RowMirror, slots: readonly number[], severity: Severity): Candidate {
  // In the order of their numbers, so that the title does not swap names from look to look.
  const [process, ...otherProcesses] = ownersOfAll(mirror, slots).toSorted((left, right) => left.pid - right.pid)
  const first = slots[0] ?? 0
  const protocol = protocols[mirror.columns.protocol[first] ?? 0] ?? 'tcp'
  const port = mirror.columns.localPort[first] ?? 0
  return {
    key: `${protocol} ${port}`,
    level: 'raise',
    severity,
    process,
    otherProcesses,
    local: localOf(mirror, first),
    evidence: slots,
    figures: known('rows', 'count', slots.length),
    breakdowns: [breakdownByLocalEndpoint(mirror, slots), breakdownByProcess(mirror, slots)],
  }
}

/** Tests over figures: pids, ports, ages, bytes and rates. An absent figure passes no test. */
import { absentCount, absentUnanswered } from '../model/columns.ts'
import type { RowMirror } from '../model/row-mirror.ts'
import { ownerTest } from './compile-text.ts'
import { quantityStep, quantityValue } from './quantity.ts'
import type { NumberTest } from './query.ts'
import type { NumberKey } from './query-keys.ts'
import { costs, type CostedTest, type QueryContext } from './row-test.ts'

type FigureTest = (value: number) => boolean

const portCount = 65_536

export function compileNumberKey(key: NumberKey, tests: readonly NumberTest[], context: QueryContext): CostedTest {
  const compiled = tests.map((test) => figureTest(key, test))
  const single = compiled.length === 1 ? compiled[0] : undefined
  const passes: FigureTest = single ?? ((value) => compiled.some((test) => test(value)))
  switch (key) {
    case 'retrans':
      return column((mirror, slot) => passes(counted(mirror.columns.retransmits[slot])))
    case 'segments':
      return column((mirror, slot) => passes(counted(mirror.columns.segmentsSent[slot])))
    case 'recvq':
      return column((mirror, slot) => passes(counted(mirror.columns.receiveQueue[slot])))
    case 'sendq':
      return column((mirror, slot) => passes(counted(mirror.columns.sendQueue[slot])))
    case 'unanswered':
      return column((mirror, slot) => passes(counted(mirror.columns.unanswered[slot], absentUnanswered)))
    case 'rtt':
      return column((mirror, slot) => passes(mirror.columns.roundTripMs[slot] ?? Number.NaN))
    case 'lastrx':
      return column((mirror, slot) => passes(secondsSince(mirror.columns.lastReceivedSeconds[slot], context.now())))
    case 'lasttx':
      return column((mirror, slot) => passes(secondsSince(mirror.columns.lastSentSeconds[slot], context.now())))
    case 'pid':
      return ownerTest(({ pid }) => passes(pid))
    case 'port':
    case 'lport':
    case 'rport':
      return portTest(key, portTable(passes))
    case 'age':
      return column((mirror, slot) => passes(ageSeconds(mirror, slot, context.now())))
    case 'rx':
      return column((mirror, slot) => passes(mirror.columns.receivedBytes[slot] ?? Number.NaN))
    case 'tx':
      return column((mirror, slot) => passes(mirror.columns.sentBytes[slot] ?? Number.NaN))
    case 'rxrate':
      return column((mirror, slot) => passes(mirror.columns.receiveRate[slot] ?? Number.NaN))
    case 'txrate':
      return column((mirror, slot) => passes(mirror.columns.sendRate[slot] ?? Number.NaN))
  }
}

/** One byte per port: a row then costs one look-up, however long the list is. */
export function portTable(passes: FigureTest): Uint8Array {
  const table = new Uint8Array(portCount)
  for (let port = 0; port < portCount; port += 1) if (passes(port)) table[port] = 1
  return table
}

/** Remote port 0 says that there is no peer. */
export function portTest(key: 'port' | 'lport' | 'rport', table: Uint8Array): CostedTest {
  const local = (mirror: RowMirror, slot: number): boolean => table[mirror.columns.localPort[slot] ?? 0] === 1
  const remote = (mirror: RowMirror, slot: number): boolean => {
    const port = mirror.columns.remotePort[slot] ?? 0
    return port !== 0 && table[port] === 1
  }
  if (key === 'lport') return column(local)
  if (key === 'rport') return column(remote)
  return column((mirror, slot) => local(mirror, slot) || remote(mirror, slot))
}

/** Since the socket was made where the system tells, else since it was first seen: then the true age is at least this. */
function ageSeconds(mirror: RowMirror, slot: number, now: number): number {
  const createdAt = mirror.columns.createdAt[slot] ?? Number.NaN
  const since = Number.isNaN(createdAt) ? (mirror.columns.firstSeenAt[slot] ?? Number.NaN) : createdAt
  return Math.max(0, now - since) / 1000
}

/** NaN, which no comparison passes, for a counter that the system does not keep. */
const counted = (value: number | undefined, absent: number = absentCount): number =>
  value === undefined || value === absent ? Number.NaN : value

/** The columns of last traffic hold Unix seconds; 0 is unknown. */
const secondsSince = (atSeconds: number | undefined, now: number): number =>
  atSeconds === undefined || atSeconds === 0 ? Number.NaN : Math.max(0, now / 1000 - atSeconds)

const column = (test: CostedTest['test']): CostedTest => ({ test, cost: costs.column })

function figureTest(key: NumberKey, test: NumberTest): FigureTest {
  if (test.op === 'between') {
    const from = quantityValue(key, test.from)
    const to = quantityValue(key, test.to)
    return (value) => value >= from && value <= to
  }
  const wanted = quantityValue(key, test.value)
  switch (test.op) {
    case '>':
      return (value) => value > wanted
    case '<':
      return (value) => value < wanted
    case '>=':
      return (value) => value >= wanted
    case '<=':
      return (value) => value <= wanted
    case '=': {
      const end = wanted + quantityStep(key, test.value)
      return (value) => value >= wanted && value < end
    }
  }
}

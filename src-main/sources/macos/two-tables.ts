/** One look made of two readings, TCP and UDP, as macOS keeps them: what is missing, what is a failure, what was odd. */
import type { Problem } from '../../../src-shared/model/problem.ts'
import { protocolCode } from '../../table/row-record.ts'
import type { UnreadTable } from '../../table/row-table.ts'
import type { LookOutcome } from '../source.ts'

const protocols = ['tcp', 'udp'] as const
export type TableProtocol = (typeof protocols)[number]

/** Why the table could not be read whole, or how many of its entries were passed over. */
export interface TableReading {
  readonly reason?: string | undefined
  readonly malformed: number
}

/** A source without TCP is none. One that has been without UDP so often in a row is none either, so that the next may try. */
const bearableFailures = 2

export class TwoTables {
  #failuresOfUdp = 0

  look(read: (protocol: TableProtocol) => TableReading): LookOutcome {
    const unread: UnreadTable[] = []
    const problems: Problem[] = []
    const reasons: Partial<Record<TableProtocol, string>> = {}
    let malformed = 0
    for (const protocol of protocols) {
      const reading = read(protocol)
      malformed += reading.malformed
      if (reading.reason === undefined) continue
      reasons[protocol] = reading.reason
      unread.push({ protocol: protocolCode(protocol) })
      problems.push({ code: 'table-unreadable', severity: 'warning', parameters: { table: protocol, reason: reading.reason } })
    }
    this.#failuresOfUdp = reasons.udp === undefined ? 0 : this.#failuresOfUdp + 1
    const failed = reasons.tcp ?? (this.#failuresOfUdp > bearableFailures ? reasons.udp : undefined)
    if (failed !== undefined) return { ok: false, reason: failed }
    if (malformed > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: malformed } })
    return { ok: true, unread, problems }
  }
}

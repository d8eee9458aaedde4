/** Connections from /proc/net: for kernels and sandboxes without sock_diag. No cookies, no counters, no bound-only sockets. */
import type { Problem } from '../../../src-shared/model/problem.ts'
import { readProcFile } from '../../native/linux/proc-files.ts'
import { protocolCode } from '../../table/row-record.ts'
import { createScratchRecord, type RowTable, type UnreadTable } from '../../table/row-table.ts'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../source.ts'
import { LabelCache } from '../label-cache.ts'
import { linuxNames } from './linux-names.ts'
import { parseProcNet, type ProcNetTable } from './parse-proc-net.ts'

const tables: readonly (ProcNetTable & { readonly file: string })[] = [
  { file: 'tcp', protocol: 'tcp', family: 4 },
  { file: 'tcp6', protocol: 'tcp', family: 6 },
  { file: 'udp', protocol: 'udp', family: 4 },
  { file: 'udp6', protocol: 'udp', family: 6 },
]

export const procfsSource: SourceFactory = {
  id: 'procfs',
  open() {
    const probe = readProcFile('self/net/tcp')
    return probe.ok ? new ProcfsSource() : { unusable: `/proc/net/tcp: ${probe.reason}` }
  },
}

class ProcfsSource implements ConnectionSource {
  readonly id = 'procfs'
  readonly #record = createScratchRecord()
  readonly #labels = new LabelCache(linuxNames)

  look(table: RowTable): LookOutcome {
    this.#labels.useTable(table)
    const unread: UnreadTable[] = []
    const problems: Problem[] = []
    let malformed = 0
    for (const which of tables) {
      const read = readProcFile(`self/net/${which.file}`)
      if (!read.ok) {
        // Without IPv6 in the kernel its files do not exist: nothing is missing then.
        if (read.reason === 'ENOENT' && which.family === 6) continue
        unread.push({ protocol: protocolCode(which.protocol), family: which.family })
        problems.push({ code: 'table-unreadable', severity: 'warning', parameters: { table: which.file, reason: read.reason } })
        continue
      }
      malformed += parseProcNet(read.bytes, which, {
        record: this.#record,
        userReference: (uid) => this.#labels.user(uid),
        take: (record) => void table.upsert(record),
      })
    }
    if (malformed > 0) problems.push({ code: 'malformed-answer', severity: 'warning', parameters: { count: malformed } })
    if (unread.length === tables.length) return { ok: false, reason: String(problems[0]?.parameters?.['reason']) }
    return { ok: true, unread, problems }
  }

  close(): void {
    // Nothing is kept open between looks.
  }
}

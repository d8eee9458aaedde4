import type { Api } from '../../src-shared/contract/api.ts'
import type { Finding } from '../../src-shared/contract/diagnosis.ts'
import type { ReportEvidence } from '../../src-shared/explain/report/evidence-blocks.ts'
import { connectionAt } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'

/** The rows that prove each finding, as `mirror` has them. A finding that ended meanwhile has none. */
export async function evidenceOf(api: Api, mirror: RowMirror, findings: readonly Finding[]): Promise<ReadonlyMap<string, ReportEvidence>> {
  const evidence = new Map<string, ReportEvidence>()
  if (findings.length === 0) return evidence
  const slots = new Map([...mirror.liveSlots()].map((slot) => [mirror.identityOf(slot), slot]))
  for (const { id } of findings) {
    const told = await api.call('getEvidence', { finding: id })
    if (!told.ok) continue
    const rows = told.value.ids.flatMap((identity) => slots.get(identity) ?? [])
    evidence.set(id, { connections: rows.map((slot) => connectionAt(mirror, slot)), total: told.value.total })
  }
  return evidence
}

/** The diagnosis, or one finding of it, as Markdown for a ticket or a message: asks for the rows that prove what it says. */
import type { Finding } from '../../src-shared/contract/diagnosis.ts'
import { maximumReportRows, type ReportEvidence } from '../../src-shared/explain/report/evidence-blocks.ts'
import { findingReport } from '../../src-shared/explain/report/finding-report.ts'
import { connectionAt } from '../../src-shared/model/connection.ts'
import { thresholdsInForce } from '../../src-shared/model/thresholds.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFindings } from '../stores/findings.ts'
import { useGauges } from '../stores/gauges.ts'
import { useSettings } from '../stores/settings.ts'
import { useStatus } from '../stores/status.ts'
import { useCopy } from './use-copy.ts'

/** Puts the report on the clipboard: of one finding by its id, or of all. Does nothing before there is one. */
export function useFindingReport(): (finding?: string) => Promise<void> {
  const { locale } = useText()
  const connections = useConnections()
  const evidence = useEvidence()
  const findings = useFindings()
  const gauges = useGauges()
  const settings = useSettings()
  const status = useStatus()
  const copy = useCopy()

  const rowsOf = async ({ id }: Finding): Promise<ReportEvidence | undefined> => {
    const known = await evidence.ask(id)
    if (known === undefined) return undefined
    const { view } = connections
    const slots = known.ids.slice(0, maximumReportRows).flatMap((identity) => view.slotOfIdentity(identity) ?? [])
    return { connections: slots.map((slot) => connectionAt(view.mirror, slot)), total: known.total }
  }
  const rowsOfAll = async (wanted: readonly Finding[]): Promise<ReadonlyMap<string, ReportEvidence>> => {
    const rows = new Map<string, ReportEvidence>()
    // One after the other: a host takes a bounded number of calls at a time.
    for (const finding of wanted) {
      const found = finding.rows === 0 ? undefined : await rowsOf(finding)
      if (found !== undefined) rows.set(finding.id, found)
    }
    return rows
  }
  return async (finding) => {
    const { report } = findings
    const { host, engine } = status
    if (report === undefined || host === undefined) return
    const about = report.findings.filter(({ id }) => finding === undefined || id === finding)
    const text = findingReport(
      {
        report,
        ...(finding === undefined ? {} : { finding }),
        host,
        ...(engine?.source === undefined ? {} : { source: engine.source }),
        thresholds: thresholdsInForce(settings.current.thresholds),
        settings: gauges.settings?.settings ?? [],
        evidence: await rowsOfAll(about),
        language: locale.value,
      },
      'markdown',
    )
    await copy(text)
  }
}

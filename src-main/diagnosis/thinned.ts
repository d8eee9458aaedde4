/** Findings as they go to whoever asks: short series, for a report is read every second. */
import type { DiagnosisReport, Finding } from '../../src-shared/contract/diagnosis.ts'

/** More points than these a small chart does not show. */
const maximumPoints = 40
/** Of findings that are over, only the latest are looked at; the others are names in a list. */
const maximumEndedWithSeries = 40

export function thinned(report: DiagnosisReport): DiagnosisReport {
  return {
    ...report,
    findings: report.findings.map(withFewPoints),
    ended: report.ended.map((finding, index) => (index < maximumEndedWithSeries ? withFewPoints(finding) : { ...finding, series: [] })),
  }
}

/** Evenly spread, the first and the last among them. */
function withFewPoints(finding: Finding): Finding {
  const { series } = finding
  if (series.length <= maximumPoints) return finding
  const step = (series.length - 1) / (maximumPoints - 1)
  return { ...finding, series: Array.from({ length: maximumPoints }, (_each, index) => series[Math.round(index * step)] ?? []).flat() }
}

import type { DiagnosisReport, Finding } from '../../../src-shared/contract/diagnosis.ts'
import { findingNow } from '../../builders/finding-builder.ts'

/** A report of an engine that has watched for ten minutes. */
export function diagnosisReport(findings: readonly Finding[], more: Partial<DiagnosisReport> = {}): DiagnosisReport {
  return { takenAt: findingNow, watchingSince: findingNow - 600_000, looks: 600, findings, ended: [], unwatched: [], ...more }
}

import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import type { Parameters } from './messages-en.ts'

export interface CheckText {
  readonly text: string
  /** What would make it better; shown when the check is not ok. */
  readonly remedy?: string
}

export interface DoctorTexts {
  source(source: string | undefined): string
  readonly problems: string
  readonly status: Readonly<Record<DoctorCheck['status'], string>>
  readonly checks: Readonly<Record<string, (status: DoctorCheck['status'], parameter: Parameters) => CheckText>>
}

import type { Severity } from './diagnosis.ts'

/** What one wants to know at a glance, as of the last look. */
export interface Overview {
  /** Unix milliseconds of the look. */
  readonly takenAt: number
  /** Sockets of all protocols and states. */
  readonly rows: number
  readonly established: number
  /** TCP sockets that listen. */
  readonly listening: number
  /** Present findings of the diagnosis. */
  readonly findings: Readonly<Record<Severity, number>>
}

import { causeFacts, type TransitionCause } from './state-transitions.ts'

export interface LabelSigns {
  readonly arrives: (segment: string) => string
  readonly sends: (segment: string) => string
}

export const arrowSigns: LabelSigns = { arrives: (segment) => `← ${segment}`, sends: (segment) => `${segment} →` }
export const asciiSigns: LabelSigns = { arrives: (segment) => `<- ${segment}`, sends: (segment) => `${segment} ->` }

/** What causes a step as short as it can be drawn, the same in every language: `connect(): SYN →`, `← FIN, ACK →`, `2 MSL`. */
export function causeLabel(cause: TransitionCause, signs: LabelSigns): string {
  if (cause === 'timer') return '2 MSL'
  const { calls = [], arrives, sends } = causeFacts[cause]
  const segments = [arrives && signs.arrives(arrives), sends && signs.sends(sends)].filter((text) => text !== undefined).join(', ')
  const [call] = calls
  if (call === undefined) return segments
  if (arrives !== undefined) return `${signs.arrives(arrives)} | ${call}` // either of them
  return segments === '' ? call : `${call}: ${segments}`
}

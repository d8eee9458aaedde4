/** The local ports that the system takes for outgoing connections. */
import type { Surroundings } from './surroundings.ts'

export interface PortRange {
  readonly first: number
  readonly last: number
}

/** RFC 6335 section 6, and what Windows takes, where the range is a setting that no call tells. */
const ianaRange: PortRange = { first: 49_152, last: 65_535 }
const highestPort = 65_535

export function dynamicPorts(surroundings: Pick<Surroundings, 'settings'>): PortRange {
  return toldPortRange(surroundings) ?? ianaRange
}

/** Undefined where the system does not tell, or tells what cannot be. */
export function toldPortRange({ settings }: Pick<Surroundings, 'settings'>): PortRange | undefined {
  const [first, last] = settings.get('local-port-range') ?? []
  if (first === undefined || last === undefined) return undefined
  const sound = Number.isInteger(first) && Number.isInteger(last) && first >= 1 && last >= first && last <= highestPort
  return sound ? { first, last } : undefined
}

export function isWithin(port: number, { first, last }: PortRange): boolean {
  return port >= first && port <= last
}

export function portCount({ first, last }: PortRange): number {
  return last - first + 1
}

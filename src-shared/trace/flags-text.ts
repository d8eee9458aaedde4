import type { TracePacket } from '../contract/trace.ts'

type Flags = Pick<TracePacket, 'syn' | 'ack' | 'fin' | 'rst' | 'psh' | 'urg' | 'ece' | 'cwr'>

/** The flags as tcpdump writes them, in its order: "[S]", "[S.]", "[P.]", "[F.]", "[R]", "[.]". */
export function flagsText({ fin, syn, rst, psh, ack, urg, ece, cwr }: Flags): string {
  const letters = [fin && 'F', syn && 'S', rst && 'R', psh && 'P', ack && '.', urg && 'U', ece && 'E', cwr && 'W']
  const text = letters.filter(Boolean).join('')
  return `[${text === '' ? 'none' : text}]`
}

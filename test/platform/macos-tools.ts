/** Reads macOS' own netstat and lsof: written for these tests, so that no mistake of the product's parsers can hide here. */
import type { SystemRow } from '../wine/windows-machine.ts'

/** Where macOS has another word than the product. */
const states: Record<string, string> = { SYN_RCVD: 'SYN_RECEIVED' }

/** `netstat -anlvb`; the columns differ between releases, so the header names the one with the pid. */
export function parseMacNetstat(text: string): SystemRow[] {
  const lines = text.split('\n')
  const header = lines.find((line) => line.startsWith('Proto')) ?? ''
  const columns = header
    .replaceAll(' Address', '-Address')
    .split(/\s+/)
    .filter((word) => word !== '')
  const pidColumn = columns.indexOf('pid')
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/)
    const kind = /^(tcp|udp)(4|6|46)$/.exec(words[0] ?? '')
    if (kind === null) return []
    const [, protocol = '', family = ''] = kind
    const isTcp = protocol === 'tcp'
    const [local = '', foreign = '', state = ''] = words.slice(3)
    const remote = foreign.endsWith('.*') ? {} : { remote: endpointOf(foreign, family) }
    // Since macOS 26 the pid stands behind the name, which may hold blanks; two hexadecimal columns follow it.
    const behindName = /:(\d+)\s+[0-9a-f]{5}\s+[0-9a-f]{8}\s/.exec(line)?.[1]
    const pid = pidColumn === -1 ? behindName : words[isTcp ? pidColumn : pidColumn - 1]
    const row = { protocol, local: endpointOf(local, family), ...remote, pid: Number(pid) }
    return [isTcp ? { ...row, state: states[state] ?? state } : row]
  })
}

/** `lsof -F Ptn -T s` of one process. */
export function parseMacLsof(text: string): SystemRow[] {
  return text
    .split(/\n(?=f)/)
    .slice(1)
    .flatMap((file) => {
      const field = (name: string): string | undefined => new RegExp(`^${name}(.*)$`, 'm').exec(file)?.[1]
      const protocol = field('P')?.toLowerCase()
      if (protocol !== 'tcp' && protocol !== 'udp') return []
      const family = field('t') === 'IPv4' ? '4' : '6'
      const [local = '', foreign] = (field('n') ?? '').replaceAll(/[[\]]/g, '').split('->')
      const state = field('TST=')
      const row = { protocol, local: withUnspecified(local, family), ...(foreign === undefined ? {} : { remote: foreign }) }
      return [state === undefined || protocol === 'udp' ? row : { ...row, state: states[state] ?? state }]
    })
}

/** Address and port are joined by the last dot; the zone is no part of the address here. */
function endpointOf(text: string, family: string): string {
  const dot = text.lastIndexOf('.')
  return withUnspecified(`${text.slice(0, dot).replace(/%.*$/, '')}:${text.slice(dot + 1)}`, family)
}

function withUnspecified(endpoint: string, family: string): string {
  return endpoint.replace(/^\*:/, family === '4' ? '0.0.0.0:' : ':::')
}

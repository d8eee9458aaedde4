/** Reads `netstat -ano` of an English Windows: written for these tests, so that no mistake of the product's own parser can hide here. */
import type { SystemRow } from '../wine/windows-machine.ts'

const states: Record<string, string> = {
  LISTENING: 'LISTEN',
  SYN_RECEIVED: 'SYN_RECEIVED',
  LAST_ACK: 'LAST_ACK',
}

export function parseWindowsNetstat(text: string): SystemRow[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/)
    const [protocol, local = '', foreign = '', state = ''] = words
    if (protocol === 'TCP')
      return [
        {
          protocol: 'tcp',
          state: states[state] ?? state,
          local: plain(local),
          ...(foreign.endsWith(':0') ? {} : { remote: plain(foreign) }),
          pid: Number(words[4]),
        },
      ]
    return protocol === 'UDP' ? [{ protocol: 'udp', local: plain(local), pid: Number(words[3]) }] : []
  })
}

/** Without brackets and zone; the product tells the zone apart from the address. */
function plain(endpoint: string): string {
  return endpoint.replace(/^\[([^\]%]*)(?:%\d+)?\]/, '$1')
}

/** What macOS lets one set and what decides over TCP states (xnu bsd/netinet/tcp_timer.c, in_pcb.c; tcp(4)). */
import type { KernelSetting, KernelSettingsReport, UnreadPart } from '../../../src-shared/contract/network.ts'
import type { Told } from '../network-reader.ts'

type MacosSetting = Omit<KernelSetting, 'values'> & { readonly sysctls: readonly string[] }

const macosSettings: readonly MacosSetting[] = [
  {
    id: 'local-port-range',
    name: 'net.inet.ip.portrange.first, last',
    sysctls: ['net.inet.ip.portrange.first', 'net.inet.ip.portrange.last'],
    unit: 'ports',
    defaults: [49_152, 65_535],
    states: ['SYN_SENT', 'TIME_WAIT'],
  },
  one('listen-backlog-limit', 'kern.ipc.somaxconn', 'sockets', 128, ['LISTEN', 'ESTABLISHED']),
  one('connect-timeout', 'net.inet.tcp.keepinit', 'milliseconds', 75_000, ['SYN_SENT', 'SYN_RECEIVED']),
  one('keepalive-time', 'net.inet.tcp.keepidle', 'milliseconds', 7_200_000, ['ESTABLISHED', 'CLOSE_WAIT']),
  one('keepalive-interval', 'net.inet.tcp.keepintvl', 'milliseconds', 75_000, ['ESTABLISHED', 'CLOSE_WAIT']),
  one('keepalive-probes', 'net.inet.tcp.keepcnt', 'attempts', 8, ['ESTABLISHED', 'CLOSE_WAIT']),
  one('segment-lifetime', 'net.inet.tcp.msl', 'milliseconds', 15_000, ['TIME_WAIT']),
]

/** `read` answers a sysctl's bytes, or why it cannot. */
export function readMacosSettings(
  read: (name: string) => { readonly bytes: Uint8Array } | { readonly reason: string },
): Told<KernelSettingsReport> {
  const settings: KernelSetting[] = []
  const unread: UnreadPart[] = []
  for (const { sysctls, ...setting } of macosSettings) {
    const values: number[] = []
    for (const name of sysctls) {
      const told = read(name)
      const value = 'bytes' in told ? decodeInteger(told.bytes) : undefined
      if (value !== undefined) values.push(value)
      else unread.push({ part: name, reason: 'reason' in told ? told.reason : 'malformed' })
    }
    if (values.length === sysctls.length) settings.push({ ...setting, values })
  }
  return { means: ['sysctlbyname'], unread, settings }
}

/** An int or a 64-bit integer. */
function decodeInteger(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length === 4) return view.getInt32(0, true)
  return bytes.length === 8 ? Number(view.getBigInt64(0, true)) : undefined
}

function one(
  id: KernelSetting['id'],
  name: string,
  unit: KernelSetting['unit'],
  usual: number,
  states: KernelSetting['states'],
): MacosSetting {
  return { id, name, sysctls: [name], unit, defaults: [usual], states }
}

import type { Endpoint } from '../../src-shared/model/connection.ts'
import type { ToolOutput } from '../../src-main/native/run-tool.ts'
import { createIphlpapiSource } from '../../src-main/sources/windows/iphlpapi-source.ts'
import { createNetstatSource } from '../../src-main/sources/windows/netstat-source.ts'
import { addressWords } from '../builders/address-words.ts'
import { fakeWindows } from '../builders/fake-windows-api.ts'
import type { EndpointRow, TableName } from '../builders/owner-table-bytes.ts'
import { describedWorld, type DescribedSystem, type NumberedSocket } from './described-world.ts'
import { describeSourceContract } from './source-contract.ts'

const ERROR_ACCESS_DENIED = 5
/** MIB_TCP_STATE from 1 on. */
const states = ['CLOSED', 'LISTEN', 'SYN_SENT', 'SYN_RECEIVED', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSE_WAIT', 'CLOSING']
const anyFileTime = 133_766_208_000_000_000n

function iphlpapiWorld() {
  return describedWorld((system) => {
    const windows = fakeWindows()
    const api: typeof windows.api = {
      ...windows.api,
      GetExtendedTcpTable(...given) {
        if (system.broken === 'everything') return ERROR_ACCESS_DENIED
        windows.state.endpoints = tablesOf(system)
        return windows.api.GetExtendedTcpTable(...given)
      },
      GetExtendedUdpTable(...given) {
        if (system.broken !== undefined) return ERROR_ACCESS_DENIED
        windows.state.endpoints = tablesOf(system)
        return windows.api.GetExtendedUdpTable(...given)
      },
    }
    return {
      source: createIphlpapiSource({ api: () => api }),
      tells: { pid: true, v4Mapped: true, udpPeer: false, successor: true, unanswered: false, segments: false },
      breakable: ['everything', 'udp'],
    }
  })
}

function tablesOf({ sockets }: DescribedSystem): Record<TableName, readonly EndpointRow[]> {
  const of = (protocol: string, family: string) =>
    sockets.filter((one) => one.protocol === protocol && one.family === family).map(endpointRow)
  return { tcp4: of('tcp', 'ipv4'), tcp6: of('tcp', 'ipv6'), udp4: of('udp', 'ipv4'), udp6: of('udp', 'ipv6') }
}

function endpointRow({ family, state, local, remote, pid, serial }: NumberedSocket): EndpointRow {
  const end = ({ address, port }: Endpoint): [number[], number] => {
    const bytes = addressWords(address).flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
    return [family === 'ipv4' ? bytes.slice(12) : bytes, port]
  }
  return {
    state: states.indexOf(state ?? '') + 1,
    local: end(local),
    ...(remote === undefined ? {} : { remote: end(remote) }),
    pid,
    created: anyFileTime + BigInt(serial) * 10_000_000n,
  }
}

function netstatWorld() {
  return describedWorld((system) => ({
    source: createNetstatSource({ systemRoot: String.raw`C:\Windows`, run: () => netstatOutput(system) }),
    tells: { pid: true, v4Mapped: true, udpPeer: false, successor: false, unanswered: false, segments: false },
    breakable: ['everything'],
  }))
}

function netstatOutput({ broken, sockets }: DescribedSystem): ToolOutput {
  if (broken === 'everything') return { ok: false, reason: 'ended with 1' }
  const heading = ['', 'Active Connections', '', '  Proto  Local Address          Foreign Address        State           PID']
  return { ok: true, bytes: Buffer.from([...heading, ...sockets.map(netstatRow), ''].join('\r\n')) }
}

function netstatRow({ protocol, family, v4Mapped, state, local, remote, pid }: NumberedSocket): string {
  const end = ({ address, port }: Endpoint): string =>
    family === 'ipv6' ? `[${v4Mapped ? '::ffff:' : ''}${address}]:${port}` : `${address}:${port}`
  const nobody = protocol === 'udp' ? '*:*' : family === 'ipv6' ? '[::]:0' : '0.0.0.0:0'
  const foreign = remote === undefined || protocol === 'udp' ? nobody : end(remote)
  const word = state === 'LISTEN' ? 'LISTENING' : (state ?? '')
  return `  ${protocol.toUpperCase()}    ${end(local).padEnd(22)} ${foreign.padEnd(22)} ${word.padEnd(15)} ${pid}`
}

describeSourceContract('iphlpapi of Windows', iphlpapiWorld)
describeSourceContract('netstat of Windows', netstatWorld)

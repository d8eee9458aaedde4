/** Commands for PowerShell (Get-NetTCPConnection: since Windows 8). The words of its answers do not depend on the language of Windows. */
import type { RuleId } from '../../contract/diagnosis.ts'
import type { CommandEndpoint } from './command-parameters.ts'
import { given, widePortsFrom, type CommandList, type CommandTemplate } from './finding-command.ts'
import type { Transport } from './service-transports.ts'

const rowsIn = (state: string, pid: number | undefined): CommandTemplate =>
  pid === undefined
    ? { purpose: 'rows', line: `Get-NetTCPConnection -State ${state}` }
    : { purpose: 'rows-of-process', line: `Get-NetTCPConnection -State ${state} -OwningProcess ${pid}` }
const select = ({ address, port }: CommandEndpoint): string => `Get-NetTCPConnection -RemoteAddress ${address} -RemotePort ${port}`
const connections = (remote: CommandEndpoint): CommandTemplate => ({ purpose: 'rows', line: select(remote) })
const byState = (remote: CommandEndpoint): CommandTemplate => ({ purpose: 'by-state', line: `${select(remote)} | Group-Object State` })
const process = (pid: number): CommandTemplate => ({
  purpose: 'process',
  line: `Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}' | Select-Object ProcessId, ParentProcessId, CreationDate, CommandLine`,
})
const activity = (pid: number): CommandTemplate => ({
  purpose: 'activity',
  line: `Get-Process -Id ${pid} | Select-Object Id, CPU, Responding, HandleCount`,
})
const handles = (pid: number): CommandTemplate => ({ purpose: 'descriptors', line: `(Get-Process -Id ${pid}).HandleCount` })
const endProcess = (pid: number): CommandTemplate => ({ purpose: 'end-at-once', line: `Stop-Process -Id ${pid}`, changes: true })
const closeRows = (state: string, pid: number | undefined): CommandTemplate | undefined =>
  given(pid, (known) => ({ purpose: 'close-rows', line: `sockscope close pid:${known} state:${state}`, elevated: true, changes: true }))
const route = ({ address }: CommandEndpoint): CommandTemplate => ({ purpose: 'route', line: `Find-NetRoute -RemoteIPAddress ${address}` })
const reach = ({ address, port }: CommandEndpoint): CommandTemplate => ({
  purpose: 'reach',
  line: `Test-NetConnection -ComputerName ${address} -Port ${port}`,
})
const path = ({ address }: CommandEndpoint): CommandTemplate => ({ purpose: 'path', line: `tracert -d ${address}` })
const listener = ({ port }: CommandEndpoint): CommandTemplate => ({
  purpose: 'listener',
  line: `Get-NetTCPConnection -State Listen -LocalPort ${port}`,
})
const udpListener = ({ port }: CommandEndpoint): CommandTemplate => ({
  purpose: 'listener-udp',
  line: `Get-NetUDPEndpoint -LocalPort ${port}`,
})
const listenerOf = (local: CommandEndpoint, transport: Transport): CommandTemplate =>
  transport === 'tcp' ? listener(local) : udpListener(local)
const blockPort = ({ port }: CommandEndpoint, transport: Transport): CommandTemplate => {
  const name = transport.toUpperCase()
  const rule = `-DisplayName 'Block ${name} ${port}' -Direction Inbound -Protocol ${name} -LocalPort ${port} -Action Block`
  return { purpose: 'block-port', line: `New-NetFirewallRule ${rule}`, elevated: true, changes: true }
}
const firewall: CommandTemplate = {
  purpose: 'firewall',
  line: 'Get-NetFirewallProfile | Select-Object Name, Enabled, DefaultInboundAction',
}
const counters: CommandTemplate = { purpose: 'counters', line: 'netstat -s -p tcp' }
const tcpSettings: CommandTemplate = { purpose: 'settings', line: 'netsh int tcp show global' }

export const windowsCommands: Readonly<Record<RuleId, CommandList>> = {
  'close-wait-leak': ({ pid }) => [
    rowsIn('CloseWait', pid),
    given(pid, process),
    given(pid, handles),
    closeRows('close_wait', pid),
    given(pid, endProcess),
  ],
  'syn-sent-stalled': ({ remote }) => [
    given(remote, (known) => ({ purpose: 'rows', line: `${select(known)} -State SynSent` })),
    given(remote, route),
    given(remote, reach),
    given(remote, path),
    firewall,
    tcpSettings,
  ],
  'syn-sent-fanout': ({ pid }) => [
    rowsIn('SynSent', pid),
    given(pid, process),
    given(pid, (known) => ({ purpose: 'signature', line: `Get-AuthenticodeSignature (Get-Process -Id ${known}).Path` })),
    given(pid, endProcess),
  ],
  'syn-received-flood': ({ local }) => [
    given(local, ({ port }) => ({ purpose: 'rows', line: `Get-NetTCPConnection -State SynReceived -LocalPort ${port}` })),
    given(local, listener),
    counters,
  ],
  'accept-queue-full': ({ local, pid }) => [given(local, listener), given(pid, activity), counters, given(pid, endProcess)],
  'port-exhaustion': ({ remote }) => [
    given(remote, byState),
    given(remote, (known) => ({ purpose: 'rows', line: `${select(known)} | Group-Object OwningProcess` })),
    { purpose: 'port-range', line: `netsh int ${remote?.family === 6 ? 'ipv6' : 'ipv4'} show dynamicport tcp` },
    {
      purpose: 'widen-ports',
      line: `netsh int ${remote?.family === 6 ? 'ipv6' : 'ipv4'} set dynamicport tcp start=${widePortsFrom} num=${65_536 - widePortsFrom}`,
      elevated: true,
      changes: true,
    },
  ],
  'fin-wait-2-stuck': ({ pid }) => [
    rowsIn('FinWait2', pid),
    { purpose: 'other-end', line: 'Get-NetTCPConnection -State CloseWait' },
    given(pid, process),
    closeRows('fin_wait_2', pid),
    given(pid, endProcess),
  ],
  'fin-wait-1-pile': () => [rowsIn('FinWait1', undefined), counters],
  'last-ack-pile': () => [rowsIn('LastAck', undefined), counters],
  'half-open': ({ remote }) => [given(remote, connections), given(remote, route), given(remote, reach), given(remote, path), tcpSettings],
  'idle-without-keepalive': ({ pid }) => [
    rowsIn('Established', pid),
    {
      purpose: 'settings',
      line: String.raw`Get-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters | Select-Object KeepAliveTime, KeepAliveInterval`,
    },
    given(pid, process),
  ],
  'reader-stalled': ({ pid, remote }) => [given(remote, connections), given(pid, activity), given(pid, process), given(pid, endProcess)],
  'sender-stalled': ({ remote, pid }) => [given(remote, connections), given(remote, path), given(remote, route), given(pid, process)],
  'connection-churn': ({ remote, pid }) => [
    given(remote, byState),
    given(remote, ({ address, port }) => ({ purpose: 'watch', line: `sockscope watch remote:${address} rport:${port} --for 10` })),
    given(pid, process),
  ],
  'fd-pressure': ({ pid }) => [
    given(pid, handles),
    given(pid, (known) => ({ purpose: 'by-state', line: `Get-NetTCPConnection -OwningProcess ${known} | Group-Object State` })),
    given(pid, endProcess),
  ],
  'exposed-listener': ({ local, pid, transports }) => [
    ...transports.map((transport) => given(local, (known) => listenerOf(known, transport))),
    given(pid, process),
    firewall,
    ...transports.map((transport) => given(local, (known) => blockPort(known, transport))),
    given(pid, endProcess),
  ],
  'port-conflict': ({ local, pid, otherPid, transports }) => [
    ...transports.map((transport) => given(local, (known) => listenerOf(known, transport))),
    given(pid, process),
    given(otherPid, process),
    given(pid, endProcess),
    given(otherPid, (known) => ({ purpose: 'end-other-at-once', line: `Stop-Process -Id ${known}`, changes: true })),
  ],
  'retransmission-storm': ({ remote }) => [
    given(remote, connections),
    counters,
    { purpose: 'interfaces', line: 'Get-NetAdapterStatistics' },
    given(remote, ({ address }) => ({ purpose: 'path', line: `pathping -n ${address}` })),
    given(remote, ({ family, address }) => ({
      purpose: 'packet-size',
      line: family === 6 ? `ping -6 -l 1200 ${address}` : `ping -4 -f -l 1400 ${address}`,
    })),
  ],
}

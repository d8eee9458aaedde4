/** Commands that come with macOS. */
import type { RuleId } from '../../contract/diagnosis.ts'
import type { CommandEndpoint } from './command-parameters.ts'
import { given, widePortsFrom, type CommandList, type CommandTemplate } from './finding-command.ts'

const rowsIn = (lsofState: string, pid: number | undefined): CommandTemplate =>
  pid === undefined
    ? { purpose: 'rows', line: `sudo lsof -nP -i TCP -s TCP:${lsofState}`, elevated: true }
    : { purpose: 'rows-of-process', line: `lsof -nP -a -p ${pid} -i TCP -s TCP:${lsofState}` }
/** netstat of macOS writes `address.port`. */
const rowsTo = ({ address, port }: CommandEndpoint): string => `netstat -anv -p tcp | grep -F ' ${address}.${port} '`
const connections = (remote: CommandEndpoint): CommandTemplate => ({ purpose: 'rows', line: rowsTo(remote) })
const process = (pid: number): CommandTemplate => ({ purpose: 'process', line: `ps -o pid,ppid,user,lstart,state,command -p ${pid}` })
const activity = (pid: number): CommandTemplate => ({ purpose: 'activity', line: `top -l 2 -pid ${pid}` })
const calls = (pid: number): CommandTemplate => ({ purpose: 'calls', line: `sudo sample ${pid} 5`, elevated: true })
const descriptors = (pid: number): CommandTemplate => ({ purpose: 'descriptors', line: `sudo lsof -nP -p ${pid} | wc -l`, elevated: true })
const endProcess = (pid: number): CommandTemplate => ({ purpose: 'end-process', line: `kill ${pid}`, changes: true })
const route = ({ family, address }: CommandEndpoint): CommandTemplate => ({
  purpose: 'route',
  line: `route -n get ${family === 6 ? '-inet6 ' : ''}${address}`,
})
const reach = ({ address, port }: CommandEndpoint): CommandTemplate => ({ purpose: 'reach', line: `nc -vz -G 5 ${address} ${port}` })
const path = ({ family, address }: CommandEndpoint): CommandTemplate => ({
  purpose: 'path',
  line: `${family === 6 ? 'traceroute6' : 'traceroute'} -n ${address}`,
})
const listener = ({ port }: CommandEndpoint): CommandTemplate => ({
  purpose: 'listener',
  line: `sudo lsof -nP -i :${port}`,
  elevated: true,
})
const firewall: CommandTemplate = { purpose: 'firewall', line: 'sudo pfctl -s rules', elevated: true }
const queues: CommandTemplate = { purpose: 'queue', line: 'netstat -Lan' }
const counters: CommandTemplate = { purpose: 'counters', line: 'netstat -s -p tcp' }
const settings = (...names: string[]): CommandTemplate => ({ purpose: 'settings', line: `sysctl ${names.join(' ')}` })
const keepalive = settings('net.inet.tcp.keepidle', 'net.inet.tcp.keepintvl', 'net.inet.tcp.keepcnt')
const byState = (remote: CommandEndpoint): CommandTemplate => ({
  purpose: 'by-state',
  line: `${rowsTo(remote)} | awk '{print $6}' | sort | uniq -c`,
})

export const macosCommands: Readonly<Record<RuleId, CommandList>> = {
  'close-wait-leak': ({ pid }) => [rowsIn('CLOSE_WAIT', pid), given(pid, process), given(pid, descriptors), given(pid, endProcess)],
  'syn-sent-stalled': ({ remote }) => [
    given(remote, connections),
    given(remote, route),
    given(remote, reach),
    given(remote, path),
    firewall,
    settings('net.inet.tcp.keepinit'),
  ],
  'syn-sent-fanout': ({ pid }) => [
    rowsIn('SYN_SENT', pid),
    given(pid, process),
    given(pid, (known) => ({ purpose: 'start', line: `lsof -a -p ${known} -d txt -F n` })),
    given(pid, (known) => ({ purpose: 'signature', line: `codesign -dv +${known}` })),
    given(pid, (known) => ({ purpose: 'freeze', line: `sudo kill -STOP ${known}`, elevated: true, changes: true })),
    given(pid, endProcess),
  ],
  'syn-received-flood': ({ local }) => [
    given(local, ({ port }) => ({ purpose: 'rows', line: `netstat -anv -p tcp | grep SYN_RCVD | grep -F '.${port} '` })),
    queues,
    counters,
    settings('kern.ipc.somaxconn'),
  ],
  'accept-queue-full': ({ pid }) => [
    queues,
    counters,
    given(pid, activity),
    given(pid, calls),
    settings('kern.ipc.somaxconn'),
    given(pid, endProcess),
  ],
  'port-exhaustion': ({ remote, settings: current }) => [
    given(remote, byState),
    given(remote, connections),
    { purpose: 'port-range', line: 'sysctl net.inet.ip.portrange.first net.inet.ip.portrange.last' },
    (current.get('local-port-range')?.[0] ?? Infinity) <= widePortsFrom
      ? undefined
      : { purpose: 'widen-ports', line: `sudo sysctl -w net.inet.ip.portrange.first=${widePortsFrom}`, elevated: true, changes: true },
  ],
  'fin-wait-2-stuck': ({ pid }) => [
    rowsIn('FIN_WAIT_2', pid),
    { purpose: 'other-end', line: 'sudo lsof -nP -i TCP -s TCP:CLOSE_WAIT', elevated: true },
    given(pid, process),
    given(pid, endProcess),
  ],
  'fin-wait-1-pile': () => [{ purpose: 'rows', line: 'netstat -anv -p tcp | grep FIN_WAIT_1' }, counters],
  'last-ack-pile': () => [{ purpose: 'rows', line: 'netstat -anv -p tcp | grep LAST_ACK' }, counters],
  'half-open': ({ remote }) => [given(remote, connections), given(remote, route), given(remote, reach), given(remote, path), keepalive],
  'idle-without-keepalive': ({ pid }) => [rowsIn('ESTABLISHED', pid), keepalive, given(pid, process)],
  'reader-stalled': ({ pid, remote }) => [
    given(remote, connections),
    given(pid, activity),
    given(pid, process),
    given(pid, calls),
    given(pid, endProcess),
  ],
  'sender-stalled': ({ remote, pid }) => [given(remote, connections), given(remote, path), given(remote, route), given(pid, process)],
  'connection-churn': ({ remote, pid }) => [
    given(remote, byState),
    given(remote, ({ address, port }) => ({ purpose: 'watch', line: `sockscope watch remote:${address} rport:${port} --for 10` })),
    given(pid, process),
  ],
  'fd-pressure': ({ pid }) => [
    given(pid, descriptors),
    { purpose: 'limit', line: 'launchctl limit maxfiles' },
    given(pid, (known) => ({ purpose: 'by-state', line: `sockscope list pid:${known} --columns state,remote` })),
    given(pid, endProcess),
  ],
  'exposed-listener': ({ local, pid }) => [
    given(local, listener),
    given(pid, process),
    { purpose: 'firewall', line: '/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate' },
    firewall,
    given(pid, endProcess),
  ],
  'port-conflict': ({ local, pid, otherPid }) => [
    given(local, listener),
    given(pid, process),
    given(otherPid, process),
    given(pid, endProcess),
    given(otherPid, (known) => ({ purpose: 'end-other', line: `kill ${known}`, changes: true })),
  ],
  'retransmission-storm': ({ remote }) => [
    given(remote, connections),
    counters,
    { purpose: 'interfaces', line: 'netstat -ibd' },
    given(remote, path),
    given(remote, ({ family, address }) => ({
      purpose: 'packet-size',
      line: family === 6 ? `ping6 -D -s 1200 -c 3 ${address}` : `ping -D -s 1400 -c 3 ${address}`,
    })),
  ],
}

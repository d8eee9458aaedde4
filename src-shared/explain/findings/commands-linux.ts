/** Commands of iproute2, procps, util-linux and iputils, as Linux systems have them. `ss` takes its filter from ss(8). */
import type { RuleId } from '../../contract/diagnosis.ts'
import type { CommandEndpoint } from './command-parameters.ts'
import { given, widePortsFrom, type CommandList, type CommandTemplate } from './finding-command.ts'
import type { Transport } from './service-transports.ts'

const ssEndpoint = ({ family, address, port }: CommandEndpoint): string => (family === 6 ? `[${address}]:${port}` : `${address}:${port}`)
const rowsIn = (state: string, pid: number | undefined): CommandTemplate =>
  pid === undefined
    ? { purpose: 'rows', line: `ss -tanp state ${state}` }
    : { purpose: 'rows-of-process', line: `ss -tanp state ${state} | grep -F 'pid=${pid},'` }
const details = (remote: CommandEndpoint): CommandTemplate => ({ purpose: 'queue', line: `ss -tnpoi dst ${ssEndpoint(remote)}` })
const process = (pid: number): CommandTemplate => ({ purpose: 'process', line: `ps -o pid,ppid,user,lstart,stat,args -p ${pid}` })
const activity = (pid: number): CommandTemplate => ({ purpose: 'activity', line: `top -b -n 1 -H -p ${pid}` })
const calls = (pid: number): CommandTemplate => ({ purpose: 'calls', line: `sudo timeout 5 strace -f -p ${pid}`, elevated: true })
const descriptors = (pid: number): CommandTemplate => ({ purpose: 'descriptors', line: `sudo ls /proc/${pid}/fd | wc -l`, elevated: true })
const endProcess = (pid: number): CommandTemplate => ({ purpose: 'end-process', line: `kill ${pid}`, changes: true })
const closeRows = (state: string, pid: number | undefined): CommandTemplate | undefined =>
  given(pid, (known) => ({
    purpose: 'close-rows',
    line: `sudo sockscope close pid:${known} state:${state}`,
    elevated: true,
    changes: true,
  }))
const route = ({ address }: CommandEndpoint): CommandTemplate => ({ purpose: 'route', line: `ip route get ${address}` })
const reach = ({ address, port }: CommandEndpoint): CommandTemplate => ({ purpose: 'reach', line: `nc -vz -w 5 ${address} ${port}` })
const path = ({ address }: CommandEndpoint): CommandTemplate => ({ purpose: 'path', line: `tracepath -n ${address}` })
const listener = ({ port }: CommandEndpoint): CommandTemplate => ({
  purpose: 'listener',
  line: `sudo ss -lntup 'sport = :${port}'`,
  elevated: true,
})
const firewall: CommandTemplate = { purpose: 'firewall', line: 'sudo nft list ruleset', elevated: true }
/** A socket on :: answers over IPv4 too, and services open one of each: where every address is meant, both families are shut. */
const blockPort = ({ address, family, port }: CommandEndpoint, transport: Transport): CommandTemplate[] => {
  const everywhere = address === '::' || address === '0.0.0.0'
  const tools = everywhere ? ['iptables', 'ip6tables'] : [family === 6 ? 'ip6tables' : 'iptables']
  return tools.map((tool) => ({
    purpose: 'block-port',
    line: `sudo ${tool} -I INPUT -p ${transport} --dport ${port} ! -i lo -j DROP`,
    elevated: true,
    changes: true,
  }))
}
/** The soft limit only: the hard one stays, and where it is too low the command fails and changes nothing. */
const raiseLimit = (pid: number, limit: number): CommandTemplate => ({
  purpose: 'raise-limit',
  line: `sudo prlimit --pid ${pid} --nofile=${limit * 2}:`,
  elevated: true,
  changes: true,
})
const settings = (...names: string[]): CommandTemplate => ({ purpose: 'settings', line: `sysctl ${names.join(' ')}` })
const orphans: CommandTemplate = { purpose: 'sockets-summary', line: 'cat /proc/net/sockstat' }
/** Downwards, as far as registered services seldom are; the upper end stays. Nothing for a range that is as wide already. */
function widenPorts([first, last]: readonly number[] = [32_768, 60_999]): CommandTemplate | undefined {
  const line = `sudo sysctl -w net.ipv4.ip_local_port_range="${widePortsFrom} ${last}"`
  return first === undefined || first <= widePortsFrom ? undefined : { purpose: 'widen-ports', line, elevated: true, changes: true }
}
const byState = (remote: CommandEndpoint): CommandTemplate => ({
  purpose: 'by-state',
  line: `ss -Htan dst ${ssEndpoint(remote)} | awk '{print $1}' | sort | uniq -c`,
})

export const linuxCommands: Readonly<Record<RuleId, CommandList>> = {
  'close-wait-leak': ({ pid }) => [
    rowsIn('close-wait', pid),
    given(pid, process),
    given(pid, descriptors),
    given(pid, (known) => ({ purpose: 'limit', line: `prlimit --nofile --pid ${known}` })),
    closeRows('close_wait', pid),
    given(pid, endProcess),
  ],
  'syn-sent-stalled': ({ remote }) => [
    given(remote, (known) => ({ purpose: 'rows', line: `ss -tanpo state syn-sent dst ${ssEndpoint(known)}` })),
    given(remote, route),
    given(remote, reach),
    given(remote, path),
    firewall,
    settings('net.ipv4.tcp_syn_retries'),
  ],
  'syn-sent-fanout': ({ pid }) => [
    rowsIn('syn-sent', pid),
    given(pid, process),
    given(pid, (known) => ({ purpose: 'start', line: `sudo readlink /proc/${known}/exe`, elevated: true })),
    given(pid, (known) => ({ purpose: 'signature', line: `sudo sha256sum /proc/${known}/exe`, elevated: true })),
    given(pid, (known) => ({ purpose: 'freeze', line: `sudo kill -STOP ${known}`, elevated: true, changes: true })),
    given(pid, endProcess),
  ],
  'syn-received-flood': ({ local, settings: current }) => [
    given(local, ({ port }) => ({ purpose: 'rows', line: `ss -tan state syn-recv 'sport = :${port}'` })),
    given(local, listener),
    { purpose: 'counters', line: 'nstat -az TcpExtSyncookiesSent TcpExtTCPReqQFullDrop TcpExtListenDrops' },
    settings('net.ipv4.tcp_syncookies', 'net.ipv4.tcp_max_syn_backlog', 'net.core.somaxconn'),
    (current.get('syncookies')?.[0] ?? 0) > 0
      ? undefined
      : { purpose: 'cookies-on', line: 'sudo sysctl -w net.ipv4.tcp_syncookies=1', elevated: true, changes: true },
  ],
  'accept-queue-full': ({ pid, local }) => [
    given(local, listener),
    { purpose: 'counters', line: 'nstat -az TcpExtListenOverflows TcpExtListenDrops' },
    given(pid, activity),
    given(pid, calls),
    settings('net.core.somaxconn'),
    given(pid, endProcess),
  ],
  'port-exhaustion': ({ remote, settings: current }) => [
    given(remote, byState),
    given(remote, (known) => ({ purpose: 'rows', line: `sudo ss -tanp dst ${ssEndpoint(known)}`, elevated: true })),
    { purpose: 'port-range', line: 'sysctl net.ipv4.ip_local_port_range net.ipv4.tcp_tw_reuse' },
    widenPorts(current.get('local-port-range')),
    current.get('time-wait-reuse')?.[0] === 1
      ? undefined
      : { purpose: 'reuse-ports', line: 'sudo sysctl -w net.ipv4.tcp_tw_reuse=1', elevated: true, changes: true },
  ],
  'fin-wait-2-stuck': ({ pid }) => [
    rowsIn('fin-wait-2', pid),
    { purpose: 'other-end', line: 'sudo ss -tanp state close-wait', elevated: true },
    given(pid, process),
    settings('net.ipv4.tcp_fin_timeout'),
    closeRows('fin_wait_2', pid),
    given(pid, endProcess),
  ],
  'fin-wait-1-pile': () => [
    { purpose: 'rows', line: 'ss -tano state fin-wait-1' },
    orphans,
    settings('net.ipv4.tcp_orphan_retries', 'net.ipv4.tcp_max_orphans'),
    { purpose: 'close-rows', line: 'sudo sockscope close state:fin_wait_1', elevated: true, changes: true },
  ],
  'last-ack-pile': () => [
    { purpose: 'rows', line: 'ss -tano state last-ack' },
    orphans,
    settings('net.ipv4.tcp_orphan_retries', 'net.ipv4.tcp_max_orphans'),
    { purpose: 'close-rows', line: 'sudo sockscope close state:last_ack', elevated: true, changes: true },
  ],
  'half-open': ({ remote }) => [
    given(remote, details),
    given(remote, route),
    given(remote, reach),
    given(remote, path),
    settings('net.ipv4.tcp_retries2', 'net.ipv4.tcp_keepalive_time'),
  ],
  'idle-without-keepalive': ({ pid }) => [
    pid === undefined
      ? { purpose: 'rows', line: 'ss -tnpoi state established' }
      : { purpose: 'rows-of-process', line: `ss -tnpo state established | grep -F 'pid=${pid},'` },
    settings('net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'),
    given(pid, process),
  ],
  'reader-stalled': ({ pid, remote }) => [
    given(remote, details),
    given(pid, activity),
    given(pid, process),
    given(pid, calls),
    given(pid, endProcess),
  ],
  'sender-stalled': ({ remote, pid }) => [given(remote, details), given(remote, path), given(remote, route), given(pid, process)],
  'connection-churn': ({ remote, pid }) => [
    given(remote, byState),
    given(remote, ({ address, port }) => ({ purpose: 'watch', line: `sockscope watch remote:${address} rport:${port} --for 10` })),
    given(pid, process),
  ],
  'fd-pressure': ({ pid, descriptorLimit }) => [
    given(pid, descriptors),
    given(pid, (known) => ({ purpose: 'limit', line: `prlimit --nofile --pid ${known}` })),
    given(pid, (known) => ({ purpose: 'by-state', line: `sockscope list pid:${known} --columns state,remote` })),
    pid === undefined || descriptorLimit === undefined ? undefined : raiseLimit(pid, descriptorLimit),
    given(pid, endProcess),
  ],
  'exposed-listener': ({ local, pid, transports }) => [
    given(local, listener),
    given(pid, process),
    firewall,
    ...transports.flatMap((transport) => (local === undefined ? [] : blockPort(local, transport))),
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
    given(remote, details),
    { purpose: 'counters', line: 'nstat -az TcpRetransSegs TcpOutSegs TcpExtTCPLostRetransmit' },
    { purpose: 'interfaces', line: 'ip -s -s link' },
    given(remote, path),
    given(remote, ({ address }) => ({ purpose: 'packet-size', line: `ping -M do -s 1400 -c 3 ${address}` })),
  ],
}

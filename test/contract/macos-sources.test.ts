import type { Endpoint } from '../../src-shared/model/connection.ts'
import type { ToolOutput } from '../../src-main/native/run-tool.ts'
import { createLsofSource } from '../../src-main/sources/macos/lsof-source.ts'
import { createNetstatSource } from '../../src-main/sources/macos/netstat-source.ts'
import { createPcblistSource } from '../../src-main/sources/macos/pcblist-source.ts'
import { fakeMacApi } from '../builders/fake-mac-api.ts'
import { pcblistBytes, type PcblistSocket } from '../builders/pcblist-bytes.ts'
import { describedWorld, type DescribedSystem, type NumberedSocket } from './described-world.ts'
import { describeSourceContract } from './source-contract.ts'

const probePort = 50_001
const ownPid = 7
const EPERM = 1
const names = { userName: () => undefined, interfaceName: () => undefined }

const stateNumbers = ['CLOSED', 'LISTEN', 'SYN_SENT', 'SYN_RECEIVED', 'ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT_1', 'CLOSING', 'LAST_ACK']
const stateNumber = (state: string | undefined): number => [...stateNumbers, 'FIN_WAIT_2', 'TIME_WAIT'].indexOf(state ?? '')
const stateWord = (state: string | undefined): string => (state === 'SYN_RECEIVED' ? 'SYN_RCVD' : (state ?? ''))

const failure: ToolOutput = { ok: false, reason: 'ended with 71' }
const printed = (lines: readonly string[]): ToolOutput => ({ ok: true, bytes: Buffer.from(`${lines.join('\n')}\n`) })
const isBroken = (system: DescribedSystem, protocol: 'tcp' | 'udp'): boolean => system.broken === 'everything' || system.broken === protocol

function pcblistWorld(release: string) {
  return describedWorld((system) => {
    const api = fakeMacApi({
      probePort,
      sysctl(name) {
        if (name === 'kern.osrelease') return Buffer.from(`${release}\0`)
        const protocol = name.includes('.tcp.') ? 'tcp' : 'udp'
        if (isBroken(system, protocol)) return EPERM
        const sockets = system.sockets.filter((socket) => socket.protocol === protocol).map(controlBlock)
        return pcblistBytes(protocol === 'tcp' ? [...sockets, probe] : sockets, release < '22' ? 'short' : 'long')
      },
    })
    return {
      source: createPcblistSource({ load: () => ({ ok: true, api }), ownPid }),
      tells: { pid: true, v4Mapped: true, udpPeer: true, successor: true, unanswered: true, segments: false },
      breakable: ['everything', 'udp'],
    }
  })
}

const probe: PcblistSocket = {
  protocol: 'tcp',
  vflag: 1,
  state: 1,
  local: { address: '127.0.0.1', port: probePort },
  generation: 1n,
  lastPid: ownPid,
}

function controlBlock({ protocol, family, v4Mapped, state, local, remote, pid, serial }: NumberedSocket): PcblistSocket {
  return {
    protocol,
    vflag: family === 'ipv4' || v4Mapped ? 1 : 2,
    family: family === 'ipv6' ? 30 : 2,
    state: stateNumber(state),
    local,
    ...(remote === undefined ? {} : { remote }),
    lastPid: pid,
    generation: BigInt(serial) + 1n,
    receiveBytes: 3,
    counters: [[1000n, 10n]],
  }
}

/** Of 15 and later with generation counts; of 10.14 without them. */
type NetstatColumns = 'with generation counts' | 'without'

function netstatWorld(columns: NetstatColumns) {
  return describedWorld((system) => ({
    source: createNetstatSource({
      names,
      run: (_file, args) => {
        const protocol = args.at(-1) === 'tcp' ? 'tcp' : 'udp'
        if (isBroken(system, protocol)) return failure
        const sockets = system.sockets.filter((socket) => socket.protocol === protocol)
        return printed([...netstatHeading(columns), ...sockets.map((socket) => netstatRow(socket, columns))])
      },
    }),
    tells: {
      pid: true,
      v4Mapped: false,
      udpPeer: true,
      successor: columns === 'with generation counts',
      unanswered: false,
      segments: false,
    },
    breakable: ['everything', 'udp'],
  }))
}

function netstatHeading(columns: NetstatColumns): string[] {
  const start =
    'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)          rxbytes      txbytes  rhiwat  shiwat    pid   epid'
  const end = ' state  options           gencnt    flags   flags1 usecnt rtncnt fltrs'
  return ['Active Internet connections (including servers)', columns === 'without' ? start : start + end]
}

function netstatRow({ protocol, family, v4Mapped, state, local, remote, pid, serial }: NumberedSocket, columns: NetstatColumns): string {
  const kind = `${protocol}${family === 'ipv6' && v4Mapped !== true ? 6 : 4}`
  const start = `${kind.padEnd(10)} 0      0  ${dottedEnd(local).padEnd(22)} ${dottedEnd(remote).padEnd(22)} ${stateWord(state).padEnd(12)}`
  const numbers = `  1108   1454  407808  146988  ${pid}      0`
  const generation = serial.toString(16).padStart(16, '0')
  return columns === 'without' ? start + numbers : `${start + numbers} 00102 00000004 ${generation} 00000081 01000800      2      0 000000`
}

function lsofWorld() {
  return describedWorld((system) => ({
    source: createLsofSource({
      names,
      isRoot: true,
      run: () => (system.broken === 'everything' ? failure : printed(system.sockets.flatMap(lsofSets))),
    }),
    tells: { pid: true, v4Mapped: true, udpPeer: true, successor: true, unanswered: false, segments: false },
    breakable: ['everything'],
  }))
}

function lsofSets({ protocol, family, state, local, remote, pid, serial }: NumberedSocket): string[] {
  const name = remote === undefined ? bracketedEnd(local) : `${bracketedEnd(local)}->${bracketedEnd(remote)}`
  const states = protocol === 'tcp' ? [`TST=${stateWord(state)}`, 'TQR=0', 'TQS=0'] : []
  const fields = [
    `f${serial}`,
    family === 'ipv6' ? 'tIPv6' : 'tIPv4',
    `d0x${serial.toString(16)}`,
    `P${protocol.toUpperCase()}`,
    `n${name}`,
  ]
  return [`p${pid}\0R1\0cnode\0u501\0Lana\0`, `${[...fields, ...states].join('\0')}\0`]
}

function dottedEnd(endpoint: Endpoint | undefined): string {
  return endpoint === undefined ? '*.*' : `${endpoint.address}.${endpoint.port}`
}

function bracketedEnd({ address, port }: Endpoint): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}

describeSourceContract('pcblist_n of macOS 12', () => pcblistWorld('21.6.0'))
describeSourceContract('pcblist_n of macOS 15', () => pcblistWorld('24.1.0'))
describeSourceContract('netstat of macOS 15', () => netstatWorld('with generation counts'))
describeSourceContract('netstat of macOS 10.14', () => netstatWorld('without'))
describeSourceContract('lsof of macOS', lsofWorld)

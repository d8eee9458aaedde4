/** What this process may see and do, from /proc/self (capabilities(7), namespaces(7), proc(5)). Parsers are pure. */
import { readProcLink, readProcText } from '../../native/linux/proc-files.ts'

/** The inode of the first process namespace, PROC_PID_INIT_INO of include/linux/proc_ns.h. */
const firstProcessNamespace = 'pid:[4026531836]'

const capabilityBits = { kill: 5, netAdmin: 12, sysPtrace: 19 } as const
export type Capability = keyof typeof capabilityBits

export interface OwnPrivileges {
  readonly capabilities: ReadonlySet<Capability>
  /** True in a process namespace of its own, such as a container's: owners outside cannot be seen. */
  readonly ownProcessNamespace: boolean
  /** True when /proc is mounted with hidepid=1 or 2: processes of others cannot be read. */
  readonly processesHidden: boolean
  /** kernel.yama.ptrace_scope; undefined where Yama is not compiled in. */
  readonly ptraceScope: number | undefined
}

export function readOwnPrivileges(): OwnPrivileges {
  const namespace = readProcLink('self/ns/pid')
  const scope = readProcText('sys/kernel/yama/ptrace_scope')
  return {
    capabilities: parseEffectiveCapabilities(readProcText('self/status') ?? ''),
    ownProcessNamespace: namespace !== undefined && namespace !== firstProcessNamespace,
    processesHidden: hidesProcesses(readProcText('self/mountinfo') ?? ''),
    ptraceScope: scope === undefined ? undefined : Number(scope),
  }
}

export function parseEffectiveCapabilities(status: string): Set<Capability> {
  const mask = BigInt(`0x${/^CapEff:\s+([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`)
  const names = Object.keys(capabilityBits) as Capability[]
  return new Set(names.filter((name) => ((mask >> BigInt(capabilityBits[name])) & 1n) === 1n))
}

/** Whether the mount at /proc has hidepid; the kernel writes numbers or, since 5.8, words. */
export function hidesProcesses(mountinfo: string): boolean {
  const proc = mountinfo.split('\n').filter((line) => line.split(' ')[4] === '/proc')
  return /\bhidepid=(1|2|4|noaccess|invisible|ptraceable)\b/.test(proc.at(-1) ?? '')
}

/** What one process is and belongs to, told when somebody asks about it. */
import type { CapabilityCondition, CapabilityReason } from '../model/capability-reason.ts'
import type { ProcessIdentity } from '../model/process.ts'

/** A parent or child. Without a start token it cannot be asked about. */
export interface RelatedProcess {
  readonly pid: number
  readonly startToken?: string
  readonly name?: string
}

export const containerRuntimes = ['docker', 'containerd', 'cri-o', 'podman', 'kubernetes', 'lxc', 'nspawn'] as const

export interface ContainerMembership {
  /** `kubernetes`: a pod's container whose runtime does not name itself. */
  readonly runtime: (typeof containerRuntimes)[number]
  /** The runtime's id, most often 64 hexadecimal digits; for lxc and nspawn the name. */
  readonly id: string
  /** Kubernetes' id of the pod. */
  readonly pod?: string
}

export interface CommandLine {
  /** The program's own name for itself first. Hostile text: any process may write anything here. Empty for what the kernel runs. */
  readonly arguments: readonly string[]
  /** There is more than was read. */
  readonly cut?: boolean
}

export const namespaceKinds = ['network', 'process', 'mount', 'user'] as const
export type NamespaceKind = (typeof namespaceKinds)[number]

/** Facts that a platform may keep to itself. */
export const processFacts = [
  'executable',
  'user',
  'workingDirectory',
  'commandLine',
  'activity',
  'threads',
  'memory',
  'descriptors',
  'container',
  'namespaces',
] as const
export type ProcessFact = (typeof processFacts)[number]

/** Why a fact is absent, or what it would take to have it. */
export interface UntoldFact {
  readonly reason?: CapabilityReason
  readonly condition?: CapabilityCondition
}

export interface ProcessDetails extends ProcessIdentity {
  /** Unix milliseconds of the reading. */
  readonly takenAt: number
  readonly name?: string
  readonly executable?: string
  /** The executable's file was removed or replaced after the start. */
  readonly executableDeleted?: boolean
  readonly user?: string
  /** Unix milliseconds. */
  readonly startedAt?: number
  readonly workingDirectory?: string
  /** Only where it was asked for: arguments may hold passwords. */
  readonly commandLine?: CommandLine
  /** waiting: in the kernel, not to be woken by a signal. ended: its parent has not collected it yet. */
  readonly state?: 'running' | 'sleeping' | 'waiting' | 'stopped' | 'ended'
  /** Share of one processor since the last question; above 1 with several threads. */
  readonly processorShare?: number
  readonly threads?: number
  /** Resident bytes, those shared with others among them. */
  readonly memoryBytes?: number
  readonly descriptors?: { readonly used: number; readonly limit?: number }
  /** The nearest first, up to the first process of the system. */
  readonly parents: readonly RelatedProcess[]
  /** There are more than are listed. */
  readonly parentsCut?: boolean
  /** A bounded number of them. */
  readonly children: readonly RelatedProcess[]
  readonly childCount: number
  readonly container?: ContainerMembership
  /** Of systemd, under the names that `systemctl` takes. */
  readonly unit?: string
  readonly slice?: string
  /** Kinds of namespaces in which it lives apart from Sockscope. Absent when that may not be seen. */
  readonly otherNamespaces?: readonly NamespaceKind[]
  /** Its number in its own process namespace, when that is another one. */
  readonly pidInside?: number
  readonly untold: Readonly<Partial<Record<ProcessFact, UntoldFact>>>
}

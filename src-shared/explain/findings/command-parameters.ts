/** What of a finding may stand in a command line: numbers and addresses that were checked, never a name. */
import ipaddr from 'ipaddr.js'
import type { Finding } from '../../contract/diagnosis.ts'
import type { KernelSetting, KernelSettingId } from '../../contract/network.ts'
import { withoutUndefined, type Endpoint } from '../../model/connection.ts'
import { serviceTransports, type Transport } from './service-transports.ts'

const maximumPid = 0xffff_ffff
const maximumPort = 65_535

export interface CommandEndpoint {
  readonly family: 4 | 6
  /** Canonical text (RFC 5952). */
  readonly address: string
  readonly port: number
}

/** Absent is what the finding does not have, or what is not what it should be. */
export interface CommandParameters {
  readonly pid?: number
  readonly otherPid?: number
  readonly local?: CommandEndpoint
  readonly remote?: CommandEndpoint
  /** Descriptors that the process may have open now. */
  readonly descriptorLimit?: number
  /** What the finding's service is used with; both where that is not known. */
  readonly transports: readonly Transport[]
  /** What the system's settings are now; a command must not set what is set already, or make it worse. */
  readonly settings: ReadonlyMap<KernelSettingId, readonly number[]>
}

export function commandParameters(finding: Finding, settings: readonly KernelSetting[]): CommandParameters {
  const { process, otherProcesses, local, remote } = finding
  return withoutUndefined<CommandParameters>({
    pid: checkedPid(process?.pid),
    otherPid: checkedPid(otherProcesses?.[0]?.pid),
    local: checkedEndpoint(local),
    remote: checkedEndpoint(remote),
    descriptorLimit: checkedLimit(finding.figures.find(({ id }) => id === 'descriptor-limit')?.value),
    transports: serviceTransports(finding),
    settings: new Map(settings.map(({ id, values }) => [id, values])),
  })
}

/** Process 0 is nobody, or the kernel. */
function checkedPid(pid: number | undefined): number | undefined {
  return pid !== undefined && Number.isInteger(pid) && pid > 0 && pid <= maximumPid ? pid : undefined
}

/** Linux keeps it below 2^30 (fs.nr_open); more is broken. */
const maximumLimit = 2 ** 29

function checkedLimit(limit: number | undefined): number | undefined {
  return limit !== undefined && Number.isInteger(limit) && limit > 0 && limit <= maximumLimit ? limit : undefined
}

function checkedEndpoint(endpoint: Endpoint | undefined): CommandEndpoint | undefined {
  if (endpoint === undefined) return undefined
  const { address, port } = endpoint
  if (typeof address !== 'string' || !ipaddr.isValid(address) || address.includes('%')) return undefined
  if (!Number.isInteger(port) || port < 1 || port > maximumPort) return undefined
  const parsed = ipaddr.process(address) // an IPv4-mapped address is the IPv4 address it stands for
  const text = parsed.kind() === 'ipv4' ? parsed.toString() : (parsed as ipaddr.IPv6).toRFC5952String()
  return { family: parsed.kind() === 'ipv4' ? 4 : 6, address: text, port }
}

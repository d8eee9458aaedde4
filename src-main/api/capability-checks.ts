/** The capability table's part in what a host says about itself. */
import type { DoctorCheck, HostInfo } from '../../src-shared/contract/status.ts'
import { capabilitiesOf, platformCapability } from '../../src-shared/model/capabilities.ts'
import { features, type Capability, type Feature } from '../../src-shared/model/capability.ts'
import { withoutUndefined } from '../../src-shared/model/connection.ts'

type ActionSupport = Pick<HostInfo, 'endProcessSupported' | 'endProcessReason' | 'closeConnectionSupported' | 'closeConnectionReason'>

/** Whether the two actions exist at all on this platform; what stands against one target is told when it is tried. */
export function actionSupport(platform: string): ActionSupport {
  const end = bestOf(platform, ['end-own-process', 'end-other-process'])
  const close = bestOf(platform, ['close-ipv4', 'close-ipv6'])
  return withoutUndefined<ActionSupport>({
    endProcessSupported: end.support !== 'no',
    endProcessReason: end.support === 'no' ? end.reason : undefined,
    closeConnectionSupported: close.support !== 'no',
    closeConnectionReason: close.support === 'no' ? close.reason : undefined,
  })
}

/**
 * What the source in use and the platform cannot do, one check each. Never "missing": nothing is out of order, the platform is so.
 * What a platform has no notion of is not worth a line, and what it can do on a condition is measured by its own checks.
 */
export function capabilityChecks(platform: string, source: string | undefined): DoctorCheck[] {
  const capabilities = capabilitiesOf(platform, source)
  if (capabilities === undefined) return []
  return features.flatMap((feature) => {
    const { support, reason, condition } = capabilities[feature]
    if (support === 'yes' || reason === undefined || reason === 'no-such-thing') return []
    if (support === 'partly' && condition !== undefined) return []
    const parameters = condition === undefined ? { feature, support, reason } : { feature, support, reason, condition }
    return [{ id: 'capability', status: 'limited', parameters }]
  })
}

function bestOf(platform: string, candidates: readonly Feature[]): Capability {
  const all = candidates.map((feature) => platformCapability(platform, feature))
  return all.find(({ support }) => support !== 'no') ?? all[0] ?? { support: 'no' }
}

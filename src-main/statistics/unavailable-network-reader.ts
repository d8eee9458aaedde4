import type { CapabilityReason } from '../../src-shared/model/capability-reason.ts'
import type { NetworkReader } from './network-reader.ts'

/** On a system that nothing is known of, every answer says so. */
export function createUnavailableNetworkReader(unavailable: CapabilityReason): NetworkReader {
  const nothing = { means: [], unread: [], unavailable }
  return {
    statistics: () => ({ ...nothing, groups: [] }),
    interfaces: () => ({ ...nothing, interfaces: [] }),
    routes: () => ({ ...nothing, routes: [], cutShort: false }),
    kernelSettings: () => ({ ...nothing, settings: [] }),
  }
}

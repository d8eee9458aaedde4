/**
 * What each platform and each of its sources can tell and do: the one table behind greyed-out buttons, empty columns, `doctor` and
 * docs/platforms.md. A row says how, on which condition, and why not.
 */
import { linuxNetlink, linuxProcfs } from './capabilities-linux.ts'
import type { Capabilities, Capability, Feature } from './capability.ts'
import { macosLsof, macosNetstat, macosPcblist } from './capabilities-macos.ts'
import { windowsIphlpapi, windowsNetstat } from './capabilities-windows.ts'

export interface PlatformSource {
  /** As Node names it. */
  readonly platform: string
  /** Id of the source, as the status bar and `doctor` tell it. */
  readonly source: string
  readonly title: string
  readonly capabilities: Capabilities
}

/** Per platform, best source first. */
export const platformSources: readonly PlatformSource[] = [
  { platform: 'linux', source: 'netlink', title: 'Linux netlink', capabilities: linuxNetlink },
  { platform: 'linux', source: 'procfs', title: 'Linux /proc', capabilities: linuxProcfs },
  { platform: 'win32', source: 'iphlpapi', title: 'Windows iphlpapi', capabilities: windowsIphlpapi },
  { platform: 'win32', source: 'netstat', title: 'Windows netstat', capabilities: windowsNetstat },
  { platform: 'darwin', source: 'pcblist_n', title: 'macOS pcblist_n', capabilities: macosPcblist },
  { platform: 'darwin', source: 'netstat', title: 'macOS netstat', capabilities: macosNetstat },
  { platform: 'darwin', source: 'lsof', title: 'macOS lsof', capabilities: macosLsof },
]

const unknownPlatform: Capability = { support: 'no', reason: 'platform-unknown' }

/** Of the source in use; without one, of the platform's best. Undefined for a source that the table does not know (a replay). */
export function capabilitiesOf(platform: string, source: string | undefined): Capabilities | undefined {
  return platformSources.find((each) => each.platform === platform && (source === undefined || each.source === source))?.capabilities
}

/** What does not depend on the source in use, such as the actions. */
export function platformCapability(platform: string, feature: Feature): Capability {
  return capabilitiesOf(platform, undefined)?.[feature] ?? unknownPlatform
}

import { createLinuxNetworkReader } from '../statistics/linux/linux-network-reader.ts'
import { createMacosNetworkReader } from '../statistics/macos/macos-network-reader.ts'
import type { NetworkReader } from '../statistics/network-reader.ts'
import { createUnavailableNetworkReader } from '../statistics/unavailable-network-reader.ts'
import { createWindowsNetworkReader } from '../statistics/windows/windows-network-reader.ts'

export function selectNetworkReader(platform: string): NetworkReader {
  if (platform === 'linux') return createLinuxNetworkReader()
  if (platform === 'win32') return createWindowsNetworkReader()
  if (platform === 'darwin') return createMacosNetworkReader()
  return createUnavailableNetworkReader('platform-unknown')
}

import { createLinuxParts } from './linux/linux-parts.ts'
import { createMacParts } from './macos/macos-parts.ts'
import type { PlatformOptions, PlatformParts } from './platform-parts.ts'
import { createUnknownPlatformParts } from './unknown-platform-parts.ts'
import { createWindowsParts } from './windows/windows-parts.ts'

/** The only place that knows which platforms there are. */
export function selectPlatform(platform: string, options: PlatformOptions): PlatformParts {
  if (platform === 'linux') return createLinuxParts(options)
  if (platform === 'win32') return createWindowsParts(options)
  if (platform === 'darwin') return createMacParts(options)
  return createUnknownPlatformParts(platform)
}

import { createLinuxParts } from './linux/linux-parts.ts'
import type { PlatformOptions, PlatformParts } from './platform-parts.ts'
import { createUnknownPlatformParts } from './unknown-platform-parts.ts'

/** The only place that knows which platforms there are. */
export function selectPlatform(platform: string, options: PlatformOptions): PlatformParts {
  if (platform === 'linux') return createLinuxParts(options)
  return createUnknownPlatformParts(platform)
}

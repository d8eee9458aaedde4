import type { FuzzTarget } from './fuzz-target.ts'
import { linuxTargets } from './targets/linux-targets.ts'
import { macosTargets } from './targets/macos-targets.ts'
import { sharedTargets } from './targets/shared-targets.ts'
import { statisticsTargets } from './targets/statistics-targets.ts'
import { traceTargets } from './targets/trace-targets.ts'
import { windowsTargets } from './targets/windows-targets.ts'

export const allTargets: readonly FuzzTarget[] = [
  ...linuxTargets,
  ...windowsTargets,
  ...macosTargets,
  ...statisticsTargets,
  ...sharedTargets,
  ...traceTargets,
]

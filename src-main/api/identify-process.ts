import type { ProcessIdentity } from '../../src-shared/model/process.ts'
import { selectPlatform } from './select-platform.ts'

/** The identity of the process that has this pid now, as this platform's actions compare it; undefined when there is none. */
export function identifyProcess(platform: string, pid: number): ProcessIdentity | undefined {
  // Nothing is ended or looked at here, so what those deeds need may stay empty.
  const parts = selectPlatform(platform, {
    steadyNow: () => 0,
    delay: () => Promise.resolve(),
    isOwn: () => false,
    userName: undefined,
    userId: undefined,
  })
  const process = parts.describeProcess(pid)
  parts.closer.dispose()
  return process === undefined ? undefined : { pid, startToken: process.startToken }
}

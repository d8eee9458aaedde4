import { constants } from 'node:os'
import type { LoadedMacApi } from './lib-system.ts'

/** kill(2): 0, or the errno. Where libSystem could not be loaded, through Node, which makes the same call. */
export function sendSignal(loaded: LoadedMacApi, pid: number, signal: number): number {
  if (loaded.ok) return loaded.api.kill(pid, signal) === 0 ? 0 : loaded.api.errno()
  try {
    process.kill(pid, signal)
    return 0
  } catch (error) {
    const name = (error as NodeJS.ErrnoException).code ?? ''
    return constants.errno[name as keyof typeof constants.errno] ?? constants.errno.EINVAL
  }
}

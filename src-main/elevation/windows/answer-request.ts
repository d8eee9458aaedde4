/** The helper's side: does what a request says with the rights it has. */
import { closeTcp } from '../../actions/windows/close-tcp.ts'
import { WindowsProcessTerminator } from '../../actions/windows/end-process.ts'
import type { WindowsApi } from '../../native/windows/windows-api.ts'
import { StatisticsReader } from '../../sources/windows/connection-statistics.ts'
import { wireStatistics, type HelperRequest } from './helper-protocol.ts'

/** Answers requests; each answer is what its reader in helper-protocol.ts reads. */
export function createRequestAnswerer(api: WindowsApi, delay: (ms: number) => Promise<void>): (request: HelperRequest) => Promise<unknown> {
  const reader = new StatisticsReader(api)
  // Sockscope's own processes are guarded where the person is asked; the kernel's, and a reused pid, are guarded here again.
  const terminator = new WindowsProcessTerminator({ api, delay, isOwn: () => false })
  return async (request) => {
    if (request.call === 'closeTcp') return closeTcp(api, request.tuple)
    if (request.call === 'endProcess')
      return terminator.end({ pid: request.pid, startToken: request.startToken }, { signal: 'KILL', confirmProtected: false })
    return request.tuples.map((tuple) => {
      const answer = reader.read(tuple)
      return wireStatistics(typeof answer === 'object' ? answer : undefined)
    })
  }
}

import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import type { TcpTuple } from '../../sources/windows/tcp-rows.ts'

/** The person refused the prompt, or the helper could not be started (`systemError` says why). */
export interface ElevationRefusal {
  readonly refusal: 'elevation-refused' | 'elevation-failed'
  readonly systemError?: string
}

/** What the helper with administrator rights does for the engine. The first call asks the person. */
export interface ElevatedActions {
  endProcess(target: ProcessIdentity): Promise<ActionOutcome | ElevationRefusal>
  /** Answers a Win32 error. */
  closeTcp(tuple: TcpTuple): Promise<number | ElevationRefusal>
}

export function isRefusal(answer: unknown): answer is ElevationRefusal {
  return typeof answer === 'object' && answer !== null && 'refusal' in answer
}

export function refusalOutcome(target: string, { refusal, systemError }: ElevationRefusal): ActionOutcome {
  return {
    target,
    status: 'not-permitted',
    reason: refusal,
    remedy: 'run-as-administrator',
    ...(systemError === undefined ? {} : { systemError }),
  }
}

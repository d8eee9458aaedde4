/** Actions through a helper that runs with administrator rights. It is started by the first action that needs it, and stays. */
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import { isRefusal, type ElevatedActions, type ElevationRefusal } from '../../actions/windows/elevated-actions.ts'
import type { ConnectionStatistics } from '../../sources/windows/connection-statistics.ts'
import type { TcpTuple } from '../../sources/windows/tcp-rows.ts'
import { awaitHelper } from './await-helper.ts'
import type { HelperLink, StartTimer } from './helper-link.ts'
import { readErrorAnswer, readOutcomeAnswer, readStatisticsAnswer } from './helper-protocol.ts'

export interface ElevatedHelperOptions {
  /** A name nobody can guess, and sixteen random bytes as hexadecimal digits; new ones for each helper. */
  readonly newPipe: () => { readonly pipe: string; readonly token: string }
  /** Starts the helper of this installation with these arguments; undefined when it runs. */
  readonly launch: (args: readonly string[]) => Promise<ElevationRefusal | undefined>
  readonly startTimer: StartTimer
}

const lost: ElevationRefusal = { refusal: 'elevation-failed', systemError: 'the helper went away' }

export class ElevatedHelper implements ElevatedActions {
  readonly #options: ElevatedHelperOptions
  #starting: Promise<HelperLink | ElevationRefusal> | undefined
  #link: HelperLink | undefined

  constructor(options: ElevatedHelperOptions) {
    this.#options = options
  }

  /** Whether a helper serves now. */
  get running(): boolean {
    return this.#link !== undefined
  }

  async endProcess({ pid, startToken }: ProcessIdentity): Promise<ActionOutcome | ElevationRefusal> {
    const link = await this.#reach()
    if (isRefusal(link)) return link
    const outcome = readOutcomeAnswer(await link.ask({ call: 'endProcess', pid, startToken }))
    return outcome === undefined || outcome.target !== String(pid) ? lost : outcome
  }

  async closeTcp(tuple: TcpTuple): Promise<number | ElevationRefusal> {
    const link = await this.#reach()
    return isRefusal(link) ? link : (readErrorAnswer(await link.ask({ call: 'closeTcp', tuple })) ?? lost)
  }

  /** Undefined when no helper runs: nobody is asked for rights because of a number. */
  async statistics(tuples: readonly TcpTuple[]): Promise<readonly (ConnectionStatistics | undefined)[] | undefined> {
    return this.#link === undefined ? undefined : readStatisticsAnswer(await this.#link.ask({ call: 'statistics', tuples }))
  }

  close(): void {
    this.#link?.close()
  }

  /** Several actions at once ask the person once. */
  async #reach(): Promise<HelperLink | ElevationRefusal> {
    if (this.#link !== undefined) return this.#link
    this.#starting ??= this.#start()
    try {
      return await this.#starting
    } finally {
      this.#starting = undefined
    }
  }

  async #start(): Promise<HelperLink | ElevationRefusal> {
    const { newPipe, launch, startTimer } = this.#options
    const { pipe, token } = newPipe()
    const answer = await awaitHelper({
      pipe,
      token,
      launch: () => launch([pipe, token]),
      startTimer,
      onClose: () => {
        this.#link = undefined
      },
    })
    if (!isRefusal(answer) && !answer.closed) this.#link = answer
    return answer
  }
}

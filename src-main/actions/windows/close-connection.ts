/**
 * Closes one TCP connection on Windows: look that it is still the same, close it, look again. The answer of the call is believed
 * only when it is a refusal; some systems answer success and do nothing.
 */
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { parseIdentity } from '../../../src-shared/model/identity.ts'
import { listenCode, stateCode, timeWaitCode } from '../../../src-shared/model/tcp-state.ts'
import {
  ERROR_ACCESS_DENIED,
  ERROR_CALL_NOT_IMPLEMENTED,
  ERROR_INVALID_PARAMETER,
  ERROR_MR_MID_NOT_FOUND,
  ERROR_NETWORK_ACCESS_DENIED,
  ERROR_NOT_FOUND,
  ERROR_NOT_SUPPORTED,
  ERROR_PROC_NOT_FOUND,
  windowsErrorName,
} from '../../native/windows/error-names.ts'
import type { IpHelper } from '../../native/windows/ip-helper.ts'
import { EndpointFinder, type FoundEndpoint } from '../../sources/windows/endpoint-finder.ts'
import { tupleOfRecord, type TcpTuple } from '../../sources/windows/tcp-rows.ts'
import { familyOfHead, protocolOfHead, recordWord, recordWords, stateOfHead } from '../../table/row-record.ts'
import type { RowTable } from '../../table/row-table.ts'
import type { ConnectionCloser } from '../connection-closer.ts'
import { closeTcp } from './close-tcp.ts'
import { isRefusal, refusalOutcome, type ElevatedActions } from './elevated-actions.ts'

const refusals = new Set([ERROR_ACCESS_DENIED, ERROR_MR_MID_NOT_FOUND, ERROR_NETWORK_ACCESS_DENIED])
const absences = new Set([ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND])
const incapacities = new Set([ERROR_NOT_SUPPORTED, ERROR_CALL_NOT_IMPLEMENTED, ERROR_PROC_NOT_FOUND])
/** The stack removes the connection before the call returns, or a moment later on a busy machine. */
const looksAgain = 5
const betweenLooksMs = 40

export interface CloserOptions {
  readonly api: IpHelper
  readonly delay: (ms: number) => Promise<void>
  /** Absent: no helper can be asked for, or this process has the rights itself. */
  readonly elevated?: ElevatedActions | undefined
  /** IPv6 connections are closed through an undocumented interface; only on demand. */
  readonly experimentalIpv6: boolean
  readonly onDispose?: () => void
}

interface Aim {
  readonly id: string
  readonly low: number
  readonly high: number
  readonly tuple: TcpTuple
  readonly before: FoundEndpoint
}

export class WindowsConnectionCloser implements ConnectionCloser {
  readonly #options: CloserOptions
  readonly #finder: EndpointFinder

  constructor(options: CloserOptions) {
    this.#options = options
    this.#finder = new EndpointFinder(options.api)
  }

  async close(table: RowTable, id: string): Promise<ActionOutcome> {
    const aim = this.#aimAt(table, id)
    if ('status' in aim) return aim
    const now = this.#find(aim)
    if (now === undefined) return { target: id, status: 'gone' }
    if ('error' in now) return { target: id, status: 'failed', reason: 'system-error', systemError: now.error }
    if (!isSame(aim.before, now)) return { target: id, status: 'replaced' }
    return this.#outcome(aim, closeTcp(this.#options.api, aim.tuple), this.#options.elevated)
  }

  dispose(): void {
    this.#options.onDispose?.()
  }

  #aimAt(table: RowTable, id: string): Aim | ActionOutcome {
    const identity = parseIdentity(id)
    const slot = identity === undefined ? -1 : table.findIdentity(identity.low, identity.high)
    if (identity === undefined || slot === -1) return { target: id, status: 'gone' }
    const base = slot * recordWords
    const head = table.records[base + recordWord.head] as number
    const family = familyOfHead(head) === 6 ? 6 : 4
    const cannot = (reason: NonNullable<ActionOutcome['reason']>): ActionOutcome => ({
      target: id,
      status: 'not-supported',
      reason,
      remedy: 'end-process-instead',
    })
    if (protocolOfHead(head) !== 0) return cannot('udp-stays-bound')
    if (stateOfHead(head) === listenCode || ((table.records[base + recordWord.ports] as number) & 0xffff) === 0)
      return cannot('listener-cannot-be-closed')
    if (family === 6 && !this.#options.experimentalIpv6) return cannot('no-ipv6-close')
    const scope = Number(table.strings.text(table.records[base + recordWord.interface] as number) ?? 0)
    const before = {
      state: stateOfHead(head),
      pid: table.records[base + recordWord.pid] as number,
      mark: table.records[base + recordWord.inode] as number,
    }
    return { id, low: identity.low, high: identity.high, tuple: tupleOfRecord(table.records, base, family, scope), before }
  }

  async #outcome(aim: Aim, error: number, elevated: ElevatedActions | undefined): Promise<ActionOutcome> {
    const target = aim.id
    const systemError = windowsErrorName(error)
    const means = aim.tuple.family === 4 ? 'tcp-entry' : 'nsi-store'
    if (error === 0) return { target, status: (await this.#isOver(aim)) ? 'done' : 'still-there', means }
    if (refusals.has(error)) {
      if (elevated === undefined) return { target, status: 'not-permitted', remedy: 'run-as-administrator', systemError }
      const answer = await elevated.closeTcp(aim.tuple)
      return isRefusal(answer) ? refusalOutcome(target, answer) : this.#outcome(aim, answer, undefined)
    }
    if (absences.has(error) && this.#hasEnded(aim)) return { target, status: 'gone' }
    if (incapacities.has(error))
      return { target, status: 'not-supported', reason: 'platform-cannot', remedy: 'end-process-instead', systemError }
    return { target, status: 'failed', reason: 'system-error', systemError }
  }

  async #isOver(aim: Aim): Promise<boolean> {
    for (let look = 1; look < looksAgain; look += 1) {
      if (this.#hasEnded(aim)) return true
      await this.#options.delay(betweenLooksMs)
    }
    return this.#hasEnded(aim)
  }

  /** Gone from the table, another one's by now, or merely waiting for stray segments. */
  #hasEnded(aim: Aim): boolean {
    const now = this.#find(aim)
    if (now === undefined) return true
    if ('error' in now) return false
    return !isSame(aim.before, now) || (now.state !== aim.before.state && overStates.has(now.state))
  }

  #find({ low, high, tuple }: Aim): ReturnType<EndpointFinder['find']> {
    return this.#finder.find(low, high, tuple.family)
  }
}

const overStates = new Set([timeWaitCode, stateCode('CLOSED'), stateCode('DELETE_TCB')])

/** Creation and owner where both are told; a connection in TIME_WAIT has lost its owner and is still the same. */
function isSame(before: FoundEndpoint, now: FoundEndpoint): boolean {
  if (before.mark !== 0 && now.mark !== 0) return before.mark === now.mark
  return before.pid === 0 || now.pid === 0 || before.pid === now.pid
}

import type { Api } from '../../src-shared/contract/api.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import type { AppliedSlots, RowMirror } from '../../src-shared/model/row-mirror.ts'
import { visibilityCode } from '../../src-shared/model/visibility.ts'

export interface Look {
  readonly status: EngineStatus
  readonly slots: AppliedSlots
}

/** One look at the operating system, brought into the mirror. */
export async function look(api: Api, mirror: RowMirror): Promise<Result<Look>> {
  const refreshed = await api.call('refresh', undefined)
  if (!refreshed.ok) return refreshed
  const session = mirror.session
  const changes = await api.call('getChanges', session === undefined ? { sequence: 0 } : { session, sequence: mirror.sequence })
  if (!changes.ok) return changes
  const applied = mirror.apply(changes.value)
  if (applied.ok) return succeed({ status: refreshed.value, slots: applied.slots })
  const whole = await api.call('getChanges', { sequence: 0 })
  if (!whole.ok) return whole
  const again = mirror.apply(whole.value)
  if (!again.ok) return fail('internal', `The engine's change set is ${again.reason}.`)
  return succeed({ status: refreshed.value, slots: again.slots })
}

/** An owner that moved while it was looked for is found by the third look (three dumps prove that a socket stays). */
const looksForOwners = 3

/** A single picture for a one-time answer: looks again while the owner of some row is still being found. */
export async function lookOnce(api: Api, mirror: RowMirror): Promise<Result<EngineStatus>> {
  for (let count = 1; ; count += 1) {
    const looked = await look(api, mirror)
    if (!looked.ok) return looked
    for (const slot of looked.value.slots.removed) mirror.release(slot)
    if (count === looksForOwners || !hasPendingOwner(mirror)) return succeed(looked.value.status)
  }
}

/** No source could be read: then an empty table says nothing. */
export function sawNothing(status: EngineStatus): boolean {
  return status.problems.some(({ code }) => code === 'source-failed')
}

function hasPendingOwner(mirror: RowMirror): boolean {
  const pending = visibilityCode('pending')
  for (const slot of mirror.liveSlots()) if (mirror.columns.visibility[slot] === pending) return true
  return false
}

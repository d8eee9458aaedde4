import type { Handlers } from '../../src-shared/contract/api.ts'
import { fail, succeed } from '../../src-shared/contract/result.ts'
import { parseIdentity } from '../../src-shared/model/identity.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { connectionStory } from '../diagnosis/connection-story.ts'
import type { PortRange } from '../diagnosis/port-range.ts'
import type { ObservedTable } from '../diagnosis/observed-table.ts'
import type { StateJournal } from '../diagnosis/state-journal.ts'

export interface StoryOptions {
  readonly table: ObservedTable
  readonly journal: StateJournal
  /** Sees to it that the table is followed. */
  readonly start: () => void
  /** First and last dynamic port, where the system tells them. */
  readonly portRange: () => PortRange | undefined
}

/** The call that tells the life of one connection, as far as looks saw it. */
export function storyHandlers({ table, journal, start, portRange }: StoryOptions): Pick<Handlers, 'getConnectionStory'> {
  return {
    getConnectionStory: async ({ id }) => {
      start()
      const { mirror } = table
      const slot = findIdentity(mirror, id)
      if (slot === undefined) return fail('not-found', `There is no connection ${id} any more.`, { id })
      return succeed(connectionStory(mirror, journal, slot, portRange()))
    },
  }
}

/** One pass over the identities; a person asks once per look at most. */
function findIdentity(mirror: RowMirror, id: string): number | undefined {
  const wanted = parseIdentity(id)
  if (wanted === undefined) return undefined
  const { identityLow, identityHigh, rowId } = mirror.columns
  for (let slot = 0; slot < mirror.top; slot += 1) {
    if (identityLow[slot] !== wanted.low || identityHigh[slot] !== wanted.high) continue
    if (mirror.slotOfRow(rowId[slot] as number) === slot && mirror.identityOf(slot) === id) return slot
  }
  return undefined
}

import { breakdownByState } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import type { ObservedTable } from '../observed-table.ts'
import { processAt, processKey } from '../row-facts.ts'
import { rowsOfProcesses } from '../rows-of-processes.ts'
import { levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'
import type { DescriptorUse } from '../surroundings.ts'

/** Fewer sockets fill no limit that a program could work with. */
const leastSockets = 16
/** Each costs a question to the system; the processes with most sockets are asked about. */
const maximumAsked = 100
/** From here on accept() and connect() fail soon. */
const criticalShare = 0.95
/** Below it, something else than sockets fills the limit. */
const leastShareOfSockets = 0.5

/** getrlimit(2), RLIMIT_NOFILE: at the limit accept(), connect() and open() fail with EMFILE. */
export const fdPressure: Rule<undefined> = {
  id: 'fd-pressure',
  start: () => undefined,
  examine: (context) => {
    const { table, surroundings } = context
    return processesToAsk(table).flatMap(([reference, sockets]) => {
      const process = table.mirror.processes.get(reference)
      const use = process === undefined || process.exited === true ? undefined : surroundings.descriptorsOf(process)
      return use === undefined ? [] : candidate(context, reference, sockets, use)
    })
  },
  unwatched: ({ untold }) => untold.descriptors,
}

/** References and their numbers of sockets. */
function processesToAsk(table: ObservedTable): readonly (readonly [reference: number, sockets: number])[] {
  const counts = [...rowsOfProcesses(table)].filter(([, sockets]) => sockets >= leastSockets)
  if (counts.length <= maximumAsked) return counts
  return counts.toSorted(([, left], [, right]) => right - left).slice(0, maximumAsked)
}

function candidate(
  { table, thresholds }: RuleContext,
  reference: number,
  sockets: number,
  { used, limit }: DescriptorUse,
): readonly Candidate[] {
  const process = processAt(table.mirror, reference)
  if (process === undefined || limit === undefined) return []
  const share = used / Math.max(1, limit)
  const reached = levelOf(share, thresholds['descriptor-share'])
  const ofSockets = levelOf(sockets / Math.max(1, used), leastShareOfSockets)
  if (reached === undefined || ofSockets === undefined) return []
  const evidence = slotsOf(table, reference)
  return [
    {
      key: processKey(process),
      level: reached === 'raise' && ofSockets === 'raise' ? 'raise' : 'keep',
      severity: share >= criticalShare ? 'critical' : 'warning',
      process,
      evidence,
      figures: [
        measured('share', share, 'descriptor-share', thresholds),
        ...known('descriptors', 'count', used),
        ...known('descriptor-limit', 'count', limit),
        ...known('sockets', 'count', sockets),
      ],
      breakdowns: [breakdownByState(table.mirror, evidence)],
    },
  ]
}

function slotsOf({ mirror, live }: ObservedTable, reference: number): readonly number[] {
  const { owner } = mirror.columns
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) if (owner[slot] === reference && live[slot] === 1) slots.push(slot)
  return slots
}

import type { DescriptorGauge } from '../../../src-shared/contract/gauges.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import type { ObservedTable } from '../observed-table.ts'
import { processAt } from '../row-facts.ts'
import { rowsOfProcesses } from '../rows-of-processes.ts'
import type { Surroundings } from '../surroundings.ts'

const maximumProcesses = 10
/** Each costs a question to the system; who is not among those with most sockets does not fill up with sockets. */
const maximumAsked = 100

/** Processes with sockets, the fullest first; those whose limit is not told come last, most descriptors first. */
export function descriptorGauges(table: ObservedTable, descriptorsOf: Surroundings['descriptorsOf']): readonly DescriptorGauge[] {
  const { mirror } = table
  const asked = [...rowsOfProcesses(table)].toSorted(([, left], [, right]) => right - left).slice(0, maximumAsked)
  const gauges = asked.flatMap(([reference, sockets]) => {
    const process = processAt(mirror, reference)
    const use = process === undefined || mirror.processes.get(reference)?.exited === true ? undefined : descriptorsOf(process)
    return process === undefined || use === undefined ? [] : [withoutUndefined<DescriptorGauge>({ ...process, ...use, sockets })]
  })
  return gauges.toSorted((left, right) => shareOf(right) - shareOf(left) || right.used - left.used).slice(0, maximumProcesses)
}

function shareOf({ used, limit }: DescriptorGauge): number {
  return limit === undefined ? -1 : used / Math.max(1, limit)
}

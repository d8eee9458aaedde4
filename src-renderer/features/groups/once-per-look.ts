import type { GroupId } from '../../view/grouping/row-groups.ts'
import type { PageRows } from './use-page-rows.ts'

/** What several cells of a line want to know, found out once: a group may have all the rows there are. */
export function oncePerLook<Line extends { readonly group: GroupId }, Value>(
  { looks }: Pick<PageRows, 'looks'>,
  compute: (line: Line) => Value,
): (line: Line) => Value {
  const known = new Map<GroupId, Value>()
  let knownOf = -1
  return (line) => {
    if (looks() !== knownOf) known.clear()
    knownOf = looks()
    const before = known.get(line.group)
    if (before !== undefined) return before
    const value = compute(line)
    known.set(line.group, value)
    return value
  }
}

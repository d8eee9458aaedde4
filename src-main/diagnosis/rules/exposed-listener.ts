import { sensitiveServiceOf, type SensitiveService } from '../../../src-shared/model/sensitive-services.ts'
import { addressScopes, scopeOf } from '../../../src-shared/model/address-scope.ts'
import { breakdownByLocalEndpoint } from '../endpoint-breakdowns.ts'
import { known } from '../figures.ts'
import { groupBy } from '../group-by.ts'
import { openUdpSlots } from '../open-ports.ts'
import { ownersOfAll } from '../owner-groups.ts'
import { localOf } from '../row-facts.ts'
import type { Candidate, Rule, RuleContext } from '../rule.ts'

type OpenService = readonly [slot: number, service: SensitiveService]

/** What the row offers stands in sensitive-services.ts; whom the address lets in, in address-scope.ts. Firewalls are not seen. */
export const exposedListener: Rule<undefined> = {
  id: 'exposed-listener',
  start: () => undefined,
  examine: (context) => {
    const { mirror } = context.table
    const { localPort } = mirror.columns
    const udp = openUdpSlots(context.table, (port) => sensitiveServiceOf('udp', port, undefined) !== undefined)
    const open = [...openServices(context, 'tcp', context.states.LISTEN), ...openServices(context, 'udp', udp)]
    const serviceAt = new Map(open)
    const byService = groupBy(
      open.map(([slot]) => slot),
      (slot) => `${serviceAt.get(slot)?.name} ${localPort[slot]}`,
    )
    return [...byService].flatMap(([key, slots]) => {
      const service = serviceAt.get(slots[0] ?? 0)
      return service === undefined ? [] : [candidate(context, key, service, slots)]
    })
  },
}

function openServices(
  { table: { mirror }, surroundings }: RuleContext,
  protocol: 'tcp' | 'udp',
  slots: readonly number[],
): readonly OpenService[] {
  const { localPort } = mirror.columns
  return slots.flatMap((slot): OpenService[] => {
    const service = sensitiveServiceOf(protocol, localPort[slot] as number, mirror.ownerOf(slot)?.name)
    if (service === undefined) return []
    const scope = scopeOf(mirror, slot)
    const isUsual = service.partOfWindows === true && surroundings.platform === 'win32' && scope !== 'public'
    return scope === 'loopback' || isUsual ? [] : [[slot, service]]
  })
}

/** `slots` are all open sockets of one service and port: both families, several addresses. */
function candidate({ table: { mirror } }: RuleContext, key: string, service: SensitiveService, slots: readonly number[]): Candidate {
  const breadth = (slot: number): number => addressScopes.indexOf(scopeOf(mirror, slot))
  const widest = slots.reduce((widestYet, slot) => (breadth(slot) < breadth(widestYet) ? slot : widestYet), slots[0] ?? 0)
  const scope = scopeOf(mirror, widest)
  const [process, ...otherProcesses] = ownersOfAll(mirror, [widest, ...slots])
  const closedNetwork = scope === 'private' || scope === 'link-local'
  return {
    key,
    level: 'raise',
    severity: closedNetwork ? 'notice' : service.severity,
    process,
    otherProcesses,
    local: localOf(mirror, widest),
    evidence: slots,
    figures: known('rows', 'count', slots.length),
    facts: [
      { id: 'service', value: service.name },
      { id: 'address-scope', value: scope },
      { id: 'risk', value: service.risk },
    ],
    breakdowns: slots.length === 1 ? [] : [breakdownByLocalEndpoint(mirror, slots)],
  }
}

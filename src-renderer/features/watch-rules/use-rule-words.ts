import { computed, type ComputedRef } from 'vue'
import type { NameSources } from '../../../src-shared/contract/names.ts'
import type { Settings } from '../../../src-shared/model/settings.ts'
import { nameKeys, type NameKey } from '../../../src-shared/query/index.ts'
import { useConnections } from '../../stores/connections.ts'
import { useNames } from '../../stores/names.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import type { RuleContext } from '../../view/watch/compile-rule.ts'

/** What words of rules stand for: whose rows are mine, which names ports have, and which names of addresses are looked up. */
export function useRuleWords(): ComputedRef<Omit<RuleContext, 'now'>> {
  const { mirror } = useConnections().view
  const names = useNames()
  const settings = useSettings()
  const status = useStatus()
  // Rules whose words mean something else begin anew: neither may be another object because of a setting that is none of theirs.
  const services = computed(() => (settings.current.serviceNames ? names.services : undefined))
  const serviceName = computed((): RuleContext['serviceName'] => {
    const known = services.value
    return known === undefined ? undefined : (port, protocol) => known.ofEnd(port, protocol)
  })
  const available = computed((before?: ReadonlySet<NameKey>): ReadonlySet<NameKey> => {
    const keys = nameKeys.filter((key) => isLookedUp(key, settings.current, names.sources))
    return before?.size === keys.length && keys.every((key) => before.has(key)) ? before : new Set(keys)
  })
  return computed(() => ({
    userName: status.host?.userName,
    serviceName: serviceName.value,
    names: { known: mirror.names, available: available.value },
  }))
}

/** Whether anybody can tell. What lies on the machine counts as there until it has told. */
function isLookedUp(key: NameKey, { countries, reverseNames }: Settings, sources: NameSources | undefined): boolean {
  const hasOwnFile = sources === undefined || sources.files.some(({ problem }) => problem === undefined)
  switch (key) {
    case 'host':
      return reverseNames !== 'off'
    case 'country':
      return countries && (hasOwnFile || sources.countries !== undefined)
    case 'asn':
      return hasOwnFile
  }
}

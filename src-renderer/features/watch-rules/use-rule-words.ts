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
  const serviceName = computed((): RuleContext['serviceName'] => {
    const { services } = names
    return settings.current.serviceNames && services !== undefined ? (port, protocol) => services.ofEnd(port, protocol) : undefined
  })
  const available = computed(
    (): ReadonlySet<NameKey> => new Set(nameKeys.filter((key) => isLookedUp(key, settings.current, names.sources))),
  )
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

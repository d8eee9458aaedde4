import { computed, type ComputedRef } from 'vue'
import { useNames } from '../../stores/names.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import type { RuleContext } from '../../view/watch/compile-rule.ts'

/** What words of rules stand for: whose rows are mine, and which names ports have. */
export function useRuleWords(): ComputedRef<Omit<RuleContext, 'now'>> {
  const names = useNames()
  const settings = useSettings()
  const status = useStatus()
  const serviceName = computed((): RuleContext['serviceName'] => {
    const { services } = names
    return settings.current.serviceNames && services !== undefined ? (port, protocol) => services.ofEnd(port, protocol) : undefined
  })
  return computed(() => ({ userName: status.host?.userName, serviceName: serviceName.value }))
}

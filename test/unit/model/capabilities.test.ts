import { describe, expect, it, test } from 'vitest'
import { capabilityTexts, capabilityReasonText, featureText } from '../../../src-shared/explain/capability-texts.ts'
import { settingMeaning } from '../../../src-shared/explain/setting-texts.ts'
import { kernelSettingIds } from '../../../src-shared/contract/network.ts'
import { capabilitiesOf, platformCapability, platformSources } from '../../../src-shared/model/capabilities.ts'
import { features } from '../../../src-shared/model/capability.ts'
import { capabilityConditions, capabilityReasons } from '../../../src-shared/model/capability-reason.ts'

const rows = platformSources.flatMap(({ title, capabilities }) =>
  features.map((feature) => ({ title, feature, capability: capabilities[feature] })),
)

describe('the capability table', () => {
  it('tells a reason for everything that is not fully there, and by which means everything that is', () => {
    const bad = rows.filter(({ capability: { support, means, reason } }) =>
      support === 'yes'
        ? means === undefined || reason !== undefined
        : reason === undefined || (support === 'partly') !== (means !== undefined),
    )
    expect(bad).toEqual([])
  })

  it('has a use for every reason and every condition', () => {
    const reasons = new Set<string | undefined>(['platform-unknown', ...rows.map(({ capability }) => capability.reason)])
    const conditions = new Set<string | undefined>(rows.map(({ capability }) => capability.condition))
    expect(capabilityReasons.filter((reason) => !reasons.has(reason))).toEqual([])
    expect(capabilityConditions.filter((condition) => !conditions.has(condition))).toEqual([])
  })

  it('is found by platform and source; without a source it is that of the best one', () => {
    expect(capabilitiesOf('linux', 'procfs')?.['round-trip'].support).toBe('no')
    expect(capabilitiesOf('linux', undefined)).toBe(capabilitiesOf('linux', 'netlink'))
    expect(capabilitiesOf('win32', 'netstat')).not.toBe(capabilitiesOf('darwin', 'netstat'))
    expect(capabilitiesOf('linux', 'replay')).toBeUndefined()
    expect(platformCapability('plan9', 'close-ipv4')).toEqual({ support: 'no', reason: 'platform-unknown' })
  })

  it('does not promise a rate without bytes to make it from', () => {
    const bad = platformSources.filter(({ capabilities: c }) => c.rates.support === 'yes' && c['tcp-bytes'].support !== 'yes')
    expect(bad).toEqual([])
  })
})

test('every text exists in both languages, is no copy of the other and has no em dash', () => {
  const [english, chinese] = [flat('en'), flat('zh-CN')]
  expect(chinese).toHaveLength(english.length)
  expect([...english, ...chinese].filter((text) => text.trim() === '' || text.includes('—'))).toEqual([])
  expect(chinese.filter((text) => !/[\u4e00-\u9fff]/u.test(text))).toEqual([])
})

test('a code of a newer engine is shown as it is', () => {
  expect(capabilityReasonText('from-the-future', 'en')).toBe('from-the-future')
  expect(featureText('constructor', 'zh-CN')).toBe('constructor')
})

function flat(language: 'en' | 'zh-CN'): string[] {
  const { features: names, reasons, conditions } = capabilityTexts[language]
  const meanings = kernelSettingIds.map((id) => settingMeaning(id, language))
  return [...Object.values(names), ...Object.values(reasons), ...Object.values(conditions), ...meanings]
}

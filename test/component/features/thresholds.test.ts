import { describe, expect, test } from 'vitest'
import ThresholdSettings from '../../../src-renderer/features/settings/ThresholdSettings.vue'
import { fieldLimits, fromField, toField, withThreshold } from '../../../src-renderer/features/settings/threshold-field.ts'
import { thresholdGroups } from '../../../src-renderer/features/settings/threshold-groups.ts'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import { ruleKnowledge } from '../../../src-shared/explain/findings/rule-knowledge.ts'
import { ruleIds } from '../../../src-shared/contract/diagnosis.ts'
import { thresholdIds, thresholds, type ThresholdId } from '../../../src-shared/model/thresholds.ts'
import { thresholdTerm } from '../../../src-shared/explain/findings/term-texts.ts'
import { defineComponent, h } from 'vue'
import { createFakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

describe('a threshold as it is typed', () => {
  const typed: readonly (readonly [ThresholdId, number, number | undefined])[] = [
    ['close-wait-count', 12, 12],
    ['close-wait-count', 12.5, undefined],
    ['close-wait-count', 0, undefined],
    ['close-wait-age', 1.5, 1500],
    ['close-wait-age', 0.4, undefined],
    ['close-wait-age', 86_401, undefined],
    ['port-share', 7, 0.07],
    ['port-share', 100, 1],
    ['port-share', 101, undefined],
    ['stalled-queue', 64, 65_536],
    ['churn-rate', 0.5, undefined],
    ['churn-rate', 2.5, 2.5],
    ['churn-rate', Number.NaN, undefined],
    ['churn-rate', Number.POSITIVE_INFINITY, undefined],
  ]
  test.each(typed)('%s of %d is %s', (id, text, expected) => expect(fromField(id, text)).toBe(expected))

  test('comes back as it was, the usual values and the limits included', () => {
    for (const id of thresholdIds) {
      expect([id, fromField(id, toField(id, thresholds[id].usual))]).toEqual([id, thresholds[id].usual])
      const { minimum, maximum } = fieldLimits(id)
      expect([id, fromField(id, minimum), fromField(id, maximum)]).not.toContain(undefined)
    }
  })

  test('is left out of the settings where it is the usual one', () => {
    expect(withThreshold({ 'pile-count': 5 }, 'pile-age', 2000)).toEqual({ 'pile-count': 5, 'pile-age': 2000 })
    expect(withThreshold({ 'pile-count': 5 }, 'pile-count', 20)).toEqual({})
    expect(withThreshold({ 'pile-count': 5 }, 'pile-count')).toEqual({})
  })
})

test('every threshold stands once, under the rules that know it', () => {
  expect(thresholdGroups.flatMap((group) => group.thresholds).toSorted()).toEqual(thresholdIds.toSorted())
  for (const group of thresholdGroups) for (const rule of group.rules) expect(ruleKnowledge[rule].thresholds).toEqual(group.thresholds)
  const grouped = thresholdGroups.flatMap(({ rules }) => rules)
  expect(ruleIds.filter((rule) => ruleKnowledge[rule].thresholds.length > 0).toSorted()).toEqual(grouped.toSorted())
})

async function mounted(chosen = {}) {
  const host = createFakeHost()
  host.settings = { ...host.settings, thresholds: chosen }
  const holder = defineComponent(() => {
    const settings = useSettings()
    settings.start()
    return () => h(ThresholdSettings, { open: true })
  })
  mountWithHost(host, holder)
  await settle()
  return host
}
const field = (id: ThresholdId): HTMLInputElement => {
  const label = byText('label', thresholdTerm(id, 'en').name)
  const input = document.getElementById(label?.getAttribute('for') ?? '')
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field for ${id}`)
  return input
}
const type = async (id: ThresholdId, text: string): Promise<void> => {
  field(id).value = text
  field(id).dispatchEvent(new Event('input'))
  field(id).dispatchEvent(new Event('change'))
  await settle()
}
const describing = (id: ThresholdId): string => document.getElementById(field(id).getAttribute('aria-describedby') ?? '')?.textContent ?? ''

test('a changed value is sent in the units of the setting, with the others that were changed', async () => {
  const host = await mounted({ 'pile-count': 5 })
  await type('close-wait-age', '90')
  expect(host.callsOf('changeSettings')).toEqual([{ thresholds: { 'pile-count': 5, 'close-wait-age': 90_000 } }])
  expect(describing('close-wait-age')).toContain('changed, usually 60 s')
  expect(document.querySelector('summary')?.textContent).toContain('2 changed')
})

test('a value beyond the limits is refused with the limits and not sent', async () => {
  const host = await mounted()
  for (const text of ['0.1', '', 'many']) {
    await type('close-wait-age', text)
    expect(describing('close-wait-age')).toContain('A number from 0.5 to 86,400, please.')
    expect(field('close-wait-age').getAttribute('aria-invalid')).toBe('true')
  }
  await type('close-wait-count', '2.5')
  expect(describing('close-wait-count')).toContain('A whole number from 1 to 100,000, please.')
  expect(host.callsOf('changeSettings')).toEqual([])
})

test('one is reset alone, and all at once', async () => {
  const host = await mounted({ 'pile-count': 5, 'port-share': 0.5 })
  document.querySelector<HTMLElement>('[aria-label^="Reset to 80 %"]')?.click()
  await settle()
  expect(host.settings.thresholds).toEqual({ 'pile-count': 5 })
  expect(field('port-share').value).toBe('80')
  byText('button', 'Reset all')?.click()
  await settle()
  expect(host.settings.thresholds).toEqual({})
  expect(document.querySelector('summary')?.textContent).toContain('none changed')
})

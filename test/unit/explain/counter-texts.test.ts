import { describe, expect, it } from 'vitest'
import { counterText, tellsOfTrouble } from '../../../src-shared/explain/counter-texts.ts'
import { counterTextsEn } from '../../../src-shared/explain/counter-texts-en.ts'
import { counterTextsZhCn } from '../../../src-shared/explain/counter-texts-zh-cn.ts'
import { createLinuxNetworkReader } from '../../../src-main/statistics/linux/linux-network-reader.ts'

describe('the words for counters', () => {
  it('exist in both languages for the same counters, with a meaning in both or in none', () => {
    expect(Object.keys(counterTextsZhCn)).toEqual(Object.keys(counterTextsEn))
    for (const [counter, { meaning }] of Object.entries(counterTextsEn))
      expect([counter, counterTextsZhCn[counter]?.meaning === undefined]).toEqual([counter, meaning === undefined])
  })

  it('are there for every counter that tells of trouble', () => {
    const telling = Object.keys(counterTextsEn).filter(tellsOfTrouble)
    expect(telling.filter((counter) => counterText(counter, 'zh-CN') === undefined)).toEqual([])
    expect(telling.length).toBeGreaterThan(30)
  })

  it('are no words for what an object inherits', () => {
    expect(counterText('constructor', 'en')).toBeUndefined()
    expect(counterText('TCPMigrateReqSuccess', 'en')).toBeUndefined()
  })

  it('cover every counter of IP, ICMP, TCP and UDP that this kernel has', ({ skip }) => {
    skip(process.platform !== 'linux', 'needs Linux')
    const groups = createLinuxNetworkReader()
      .statistics()
      .groups.filter(({ id }) => ['ip', 'icmp', 'tcp', 'udp', 'ipExtended'].includes(id))
    const named = groups.flatMap(({ counters, gauges }) => Object.keys(counters).concat(Object.keys(gauges)))
    // ICMP types that have no name of their own are counted under their number.
    expect(named.filter((counter) => !/Type\d+$/u.test(counter) && counterText(counter, 'en') === undefined)).toEqual([])
    expect(named.length).toBeGreaterThan(50)
  })
})

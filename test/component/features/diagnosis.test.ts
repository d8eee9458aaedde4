import { beforeEach, describe, expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import { ruleIds } from '../../../src-shared/contract/diagnosis.ts'
import { fail } from '../../../src-shared/contract/result.ts'
import { ruleName } from '../../../src-shared/explain/findings/rule-texts.ts'
import { findingNow } from '../../builders/finding-builder.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { mountWithHost, settle } from '../support/mount-with-host.ts'
import { all, button, leak, leakTitle, openedWith, openPage, press, queue, tab, text, toggleOf } from '../support/open-diagnosis.ts'

const copied: string[] = []
beforeEach(() => {
  copied.length = 0
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (words) => void copied.push(words))
})

describe('the badge', () => {
  test('counts the findings on the tab and says the worst kind to those who do not see it', async () => {
    const { look } = await openedWith([queue, leak])
    expect(tab()?.getAttribute('aria-label')).toBe('Diagnosis: 2 findings, at worst: Critical')
    expect(tab()?.querySelector('.severity.critical')?.textContent?.trim()).toBe('2')
    await look([leak])
    expect(tab()?.getAttribute('aria-label')).toBe('Diagnosis: 1 finding, at worst: Warning')
    await look([])
    expect([tab()?.getAttribute('aria-label') ?? null, tab()?.textContent?.trim()]).toEqual([null, 'Diagnosis'])
  })

  test('in the status bar opens the worst finding', async () => {
    await openedWith([queue, leak])
    expect(text('.status .found')).toContain('2 findings')
    await press(document.querySelector<HTMLElement>('.status .found'))
    expect(all('.finding .toggle').map((each) => each.getAttribute('aria-expanded'))).toEqual(['true', 'false'])
  })
})

test('a new finding is announced once, politely, and its end as well', async () => {
  const { look } = await openedWith([])
  expect(text('.finding-news')).toBe('')
  await look([leak])
  expect(text('.finding-news')).toBe(`New finding: ${leakTitle}.`)
  expect(document.querySelector('.finding-news')?.getAttribute('aria-live')).toBe('polite')
  await look([leak, queue])
  expect(text('.finding-news')).toMatch(/^New finding: (?!shop).+\.$/u)
  await look([leak], { ended: [{ ...queue, endedAt: findingNow }] })
  expect(text('.finding-news')).toMatch(/^No longer found: .+\.$/u)
})

describe('the page', () => {
  test('lists findings in the order told, each with kind, title, key figures, time and trend', async () => {
    await openedWith([queue, leak])
    await openPage()
    expect(all('.finding .filled').map((each) => each.textContent?.trim())).toEqual(['Critical', 'Warning'])
    const card = text('li:last-child > .finding')
    for (const part of [leakTitle, 'Connections', 'threshold 10', 'for 2 min 5 s', 'rising by 24 per minute']) expect(card).toContain(part)
    expect(document.querySelector('.finding svg.spark polyline')).not.toBe(null)
  })

  test('a finding opens to what it means, what to do, commands and its rows', async () => {
    await openedWith([queue, leak])
    await openPage()
    await press(toggleOf(leakTitle))
    expect(toggleOf(leakTitle)?.getAttribute('aria-expanded')).toBe('true')
    const body = text('.finding.open')
    for (const part of ['What it means', 'has not called close()', 'What to do now', 'Restart the program', 'What to do for good'])
      expect(body).toContain(part)
    expect(all('.finding.open .command').some((each) => each.textContent?.includes('812'))).toBe(true)
    expect(all('.finding.open .rows .row').map((each) => each.querySelector('.ends')?.textContent)).toEqual([
      '127.0.0.1:80 → 127.0.0.1:4001',
      '127.0.0.1:80 → 127.0.0.1:4002',
    ])
    await press(toggleOf(leakTitle))
    expect(document.querySelector('.finding.open')).toBe(null)
  })

  test('what to do for good and what does not help come before the commands, of which two are shown at first', async () => {
    await openedWith([leak])
    await openPage()
    const titles = all('.finding.open .words .title').map((each) => each.textContent)
    expect(titles).toEqual([
      'What it means',
      'What to do now',
      'What to do for good',
      'What does not help',
      'Commands for this system',
      'What Sockscope cannot tell',
    ])
    expect(all('.finding.open .command')).toHaveLength(2)
    const more = all('.finding.open button').find((each) => /^\s*\d+ more commands?/u.test(each.textContent ?? ''))
    expect(more?.getAttribute('aria-expanded')).toBe('false')
    const hidden = Number.parseInt(more?.textContent ?? '', 10)
    await press(more)
    expect(all('.finding.open .command')).toHaveLength(2 + hidden)
    await press(button('Fewer commands'))
    expect(all('.finding.open .command')).toHaveLength(2)
  })

  test('one finding alone is open at once', async () => {
    await openedWith([leak])
    await openPage()
    expect(toggleOf(leakTitle)?.getAttribute('aria-expanded')).toBe('true')
  })

  test('a command and a report are copied as they stand', async () => {
    await openedWith([leak])
    await openPage()
    const command = document.querySelector<HTMLElement>('.finding.open .commands li')
    await press(command?.querySelector<HTMLElement>('button'))
    expect(copied).toEqual([command?.querySelector('.command')?.textContent])
    await press(button('Copy report'))
    expect(copied[1]).toContain(`## Warning: ${leakTitle.replace('[', '\\[').replace(']', '\\]')}`)
    expect(copied[1]).toContain('127.0.0.1:4002')
    await press(button('Copy full report'))
    expect(copied[2]).toContain('# Network diagnosis by Sockscope')
  })

  test('what is over is listed below, and opens without actions', async () => {
    const { look } = await openedWith([leak])
    await openPage()
    const lost = { ...leak, rows: 0, figures: [{ id: 'rows', unit: 'count', value: 7 } as const], endedAt: findingNow }
    await look([], { ended: [lost] })
    expect(text('.findings')).toContain('Lately over')
    await press(toggleOf('does not close 7 connections'))
    expect(text('.finding.open')).toContain('What it means')
    expect(all('.finding.open .actions, .finding.open .commands')).toEqual([])
  })

  test('rules that cannot work here are named with the reason', async () => {
    await openedWith([], { more: { unwatched: [{ rule: 'retransmission-storm', reason: 'system-does-not-tell' }] } })
    await openPage()
    expect(text('.unwatched')).toContain(ruleName('retransmission-storm', 'en'))
    expect(text('.unwatched')).toContain('The system')
  })

  test('calm is honest: since when, how many looks, what is watched, and not too early', async () => {
    const { look } = await openedWith([])
    await openPage()
    expect(text('.calm')).toContain('Nothing is wrong')
    expect(text('.calm')).toMatch(/Watched since .+, for 10 min, in 600 looks\./u)
    expect(all('.calm .rule').length).toBe(ruleIds.length)
    await look([], { watchingSince: findingNow - 20_000, looks: 20 })
    expect(text('.calm')).toContain('Nothing is wrong so far')
    expect(text('.calm')).toMatch(/\d+ rules need to watch for longer before they can speak up\./u)
    const waits = all('.calm .condition').filter((each) => each.textContent?.includes('after 1 min of watching'))
    expect(waits.length).toBeGreaterThan(0)
  })

  test('an engine that is away leaves the findings and says that they are not current', async () => {
    const { host } = await openedWith([leak])
    await openPage()
    host.emit('engineLink', { state: 'restarting', restarts: 1 })
    await settle()
    expect(text('.bar')).toContain('Not current')
    expect(toggleOf(leakTitle)).not.toBe(undefined)
  })

  test('a diagnosis that cannot be read says why', async () => {
    const host = createFakeHost()
    host.answers.getDiagnosis = async () => fail('unknown-call', 'old')
    mountWithHost(host, App)
    await settle()
    await openPage()
    expect(text('.findings')).toContain('The diagnosis could not be read.')
  })

  test('speaks Chinese', async () => {
    await openedWith([leak], { locale: 'zh-CN' })
    await press(all('nav .tab').find(({ textContent }) => textContent.includes('诊断')))
    expect(text('.finding.open')).toContain('现在怎么办')
    expect(text('.finding .filled')).toBe('警告')
  })
})

describe('gauges', () => {
  test('are meters with numbers and words, and say why one cannot be told', async () => {
    await openedWith([])
    await openPage()
    const meters = all('[role=meter]').map((each) => [
      each.getAttribute('aria-label'),
      each.getAttribute('aria-valuenow'),
      each.getAttribute('aria-valuemax'),
      each.getAttribute('aria-valuetext'),
    ])
    expect(meters).toEqual([
      ['Ports per destination: 127.0.0.1 → 127.0.0.1:80', '25000', '28232', '25,000 of 28,232 (89%)'],
      ['Descriptors per process: shop (812)', '900', '1000', '900 of 1,000 (90%)'],
      ['TIME-WAIT: Whole system', '24000', '65536', '24,000 of 65,536 (37%)'],
    ])
    expect(text('.gauges')).toContain('TIME-WAIT 24,000')
    expect(text('.gauges')).toMatch(/Orphans ?The system/u)
  })

  test('are asked for only while the page is shown', async () => {
    const { host, look } = await openedWith([])
    await look([])
    expect(host.callsOf('getGauges')).toEqual([])
    await openPage()
    await look([])
    expect(host.callsOf('getGauges').length).toBe(2)
    await press(all('nav .tab')[0])
    await look([])
    expect(host.callsOf('getGauges').length).toBe(2)
  })
})

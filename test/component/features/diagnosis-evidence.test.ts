import { describe, expect, test } from 'vitest'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { findingNow } from '../../builders/finding-builder.ts'
import { settle } from '../support/mount-with-host.ts'
import { all, button, idOf, inDialog, leak, leakTitle, openedWith, openPage, press, text, toggleOf } from '../support/open-diagnosis.ts'

describe('the rows of a finding in the table', () => {
  test('are shown alone, whatever was searched for, under a chip that brings all rows back', async () => {
    await openedWith([leak])
    const search = document.querySelector<HTMLInputElement>('.search input')
    if (search === null) throw new Error('no search')
    search.value = 'firefox'
    search.dispatchEvent(new Event('input'))
    await openPage()
    await press(button('Show the rows'))
    expect(text('.status .shown')).toBe('2 of 4 shown')
    expect([search.value, text('.evidence .chip')]).toEqual(['', `Evidence: ${leakTitle} (2 rows)`])
    expect(document.activeElement?.getAttribute('role')).toBe('grid')
    await press(document.querySelector<HTMLElement>('[aria-label="Show all rows again"]'))
    expect([text('.status .shown'), document.querySelector('.evidence')]).toEqual(['4 of 4 shown', null])
  })

  test('say so when the finding is over, and Escape lets go of them', async () => {
    const { look } = await openedWith([leak])
    await openPage()
    await press(button('Show the rows'))
    await look([], { ended: [{ ...leak, rows: 0, endedAt: findingNow }] })
    expect(text('.evidence')).toContain('The finding is over. These are the last rows it had.')
    expect(text('.status .shown')).toBe('2 of 4 shown')
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await settle()
    expect(text('.status .shown')).toBe('4 of 4 shown')
  })

  test('one of them is selected when it is chosen on the page, and its details name the finding', async () => {
    await openedWith([leak])
    await openPage()
    await press(all('.finding.open .rows button')[1])
    expect(text('.status')).toContain('1 selected')
    const grid = document.querySelector('[role=grid]')
    grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await settle()
    expect(text('.details')).toContain('127.0.0.1:4002')
    expect(text('.details .part')).toBe(`Part of finding ${leakTitle}`)
    await press(document.querySelector<HTMLElement>('.details .part button'))
    expect(toggleOf(leakTitle)?.getAttribute('aria-expanded')).toBe('true')
  })
})

test('rows that cannot be had leave the table as it is, and nothing is closed', async () => {
  const { host } = await openedWith([leak])
  host.answers.getEvidence = async () => fail('engine-unavailable', 'away')
  await openPage()
  await press(button('Show the rows'))
  await press(button('Close 2 connections…'))
  expect(text('.toasts')).toContain('The rows of this finding cannot be had just now.')
  expect([text('.status .shown'), document.querySelector('.evidence'), document.querySelector('[role=dialog]')]).toEqual([
    '4 of 4 shown',
    null,
    null,
  ])
})

describe('acting on a finding', () => {
  test('closes its connections through the dialog that names them', async () => {
    const { host } = await openedWith([leak])
    host.answers.closeConnections = async ({ ids }) => succeed(ids.map((target) => ({ target, status: 'done' as const })))
    await openPage()
    await press(button('Close 2 connections…'))
    expect(text('[role=dialog]')).toContain('127.0.0.1:4001')
    await press(inDialog('Close 2 connections'))
    expect(host.callsOf('closeConnections')).toEqual([{ ids: [idOf(1), idOf(2)] }])
  })

  test('offers only as many as one call takes, and says so', async () => {
    await openedWith([{ ...leak, rows: 5000 }])
    await openPage()
    expect(button('Close 1,000 connections…')).not.toBe(undefined)
    expect(text('.finding.open')).toContain('Of these 5,000 connections 1,000 are closed at a time.')
  })

  test('ends its process, identified by pid and start', async () => {
    const { host } = await openedWith([leak])
    host.answers.previewEndProcess = async (process) => succeed({ ...process, connections: 2, listeners: [], children: [] })
    host.answers.endProcess = async ({ targets }) => succeed(targets.map(({ pid }) => ({ target: String(pid), status: 'done' as const })))
    await openPage()
    await press(button('End shop[812]…'))
    await press(inDialog('End process'))
    expect(host.callsOf('endProcess')).toEqual([{ targets: [{ pid: 812, startToken: 't812' }] }])
  })

  test('is not offered by a host that only looks', async () => {
    const { host } = await openedWith([leak], { actionsAllowed: false })
    await openPage()
    expect(button('End shop[812]…')?.getAttribute('aria-disabled')).toBe('true')
    await press(button('End shop[812]…'))
    await press(button('Close 2 connections…'))
    expect(document.querySelector('[role=dialog]')).toBe(null)
    expect(host.callsOf('previewEndProcess')).toEqual([])
  })

  test('traces one of its connections where a trace helps', async () => {
    const stalled = { ...leak, rule: 'sender-stalled' as const }
    await openedWith([stalled])
    await openPage()
    await press(button('Trace one…'))
    expect(text('[role=dialog]')).toContain('Trace headers: 127.0.0.1:80 and 127.0.0.1:4001')
  })
})

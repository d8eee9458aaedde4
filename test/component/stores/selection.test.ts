import { expect, test } from 'vitest'
import { useSelection } from '../../../src-renderer/stores/selection.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { useWithHost } from '../support/mount-with-host.ts'

test('the details are about the row selected last, or the one they were asked for since', () => {
  const selection = useWithHost(createFakeHost(), useSelection)
  selection.select(['a', 'b', 'c'])
  expect(selection.detailed).toBe('c')
  selection.toggleDetails('a')
  expect([selection.detailsOpen, selection.detailed, selection.identities]).toEqual([true, 'a', ['a', 'b', 'c']])
  selection.toggleDetails('x')
  expect([selection.detailsOpen, selection.detailed]).toEqual([true, 'x'])
  selection.select(['b'])
  expect(selection.detailed).toBe('b')
})

test('Enter closes the details of the row they show, whichever they were opened for', () => {
  const selection = useWithHost(createFakeHost(), useSelection)
  selection.select(['a'])
  selection.toggleDetails('a')
  selection.select(['b'])
  selection.toggleDetails('b')
  expect(selection.detailsOpen).toBe(false)
})

test('the details stay with their row while others of the selection go, and leave it only when it goes itself', () => {
  const selection = useWithHost(createFakeHost(), useSelection)
  selection.select(['a', 'b', 'c'])
  selection.openDetails('b')
  selection.keep(['a', 'b'])
  expect(selection.detailed).toBe('b')
  selection.keep(['a'])
  expect(selection.detailed).toBe('a')
  selection.openDetails('x')
  selection.keep([])
  expect(selection.detailed).toBe('x')
})

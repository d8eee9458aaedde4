import { describe, expect, it } from 'vitest'
import type { ColumnId, SortOrder } from '../../../src-renderer/view/column-id.ts'
import { nextSort } from '../../../src-renderer/view/next-sort.ts'

const up = (column: ColumnId): { column: ColumnId; descending: boolean } => ({ column, descending: false })
const down = (column: ColumnId): { column: ColumnId; descending: boolean } => ({ column, descending: true })

describe('a press on a title', () => {
  it('sorts by that column alone, counters largest first, and turns the direction the next time', () => {
    expect(nextSort(up('process'), 'sent', false)).toEqual(down('sent'))
    expect(nextSort(down('sent'), 'sent', false)).toEqual(up('sent'))
    expect(nextSort({ ...up('process'), further: [down('sent')] }, 'sent', false)).toEqual(down('sent'))
  })

  it('with Shift adds the column, turns it, and takes it out again', () => {
    const two: SortOrder = { ...up('process'), further: [down('sent')] }
    expect(nextSort(up('process'), 'sent', true)).toEqual(two)
    expect(nextSort(two, 'sent', true)).toEqual({ ...up('process'), further: [up('sent')] })
    expect(nextSort({ ...up('process'), further: [up('sent')] }, 'sent', true)).toEqual(up('process'))
  })

  it('with Shift never leaves the table without an order', () => {
    expect(nextSort(down('process'), 'process', true)).toEqual(up('process'))
  })

  it('with Shift replaces the fourth column', () => {
    const four: SortOrder = { ...up('process'), further: [up('state'), up('localPort'), up('remotePort')] }
    expect(nextSort(four, 'user', true).further).toEqual([up('state'), up('localPort'), up('user')])
  })
})

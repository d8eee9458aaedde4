import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { tableLayoutSchema, usualTableLayout } from '../../../src-shared/model/table-layout.ts'

const fits = (patch: object): boolean => v.safeParse(tableLayoutSchema, { ...usualTableLayout, ...patch }).success
const column = { id: 'pid', hidden: false, pinned: false }

describe('a saved table layout', () => {
  it('is taken as it is when everything in it is within bounds', () => {
    expect(fits({})).toBe(true)
    expect(fits({ columns: [{ ...column, width: 80 }], sort: [{ column: 'pid', descending: true }], zoomPercent: 130 })).toBe(true)
  })

  it.each([
    ['a width that is no width', { columns: [{ ...column, width: 1e9 }] }],
    ['a column named twice', { columns: [column, column] }],
    ['a name that is no column name', { columns: [{ ...column, id: '__proto__' }] }],
    ['more columns than there can be', { columns: Array.from({ length: 81 }, (_, index) => ({ ...column, id: `c${index}` })) }],
    ['five columns to sort by', { sort: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ column: name, descending: false })) }],
    ['a column sorted by twice', { sort: [0, 1].map(() => ({ column: 'pid', descending: false })) }],
    ['an unknown density', { density: 'huge' }],
    ['a zoom beyond reading', { zoomPercent: 5 }],
    ['what nobody knows', { colour: 'red' }],
  ])('is refused for %s', (_, patch) => {
    expect(fits(patch)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { parseOpenFilesLimit } from '../../../../src-main/processes/linux/descriptor-use.ts'

const limits = (soft: string): string =>
  [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             96365                96365                processes ',
    `Max open files            ${soft.padEnd(21)}1048576              files     `,
    '',
  ].join('\n')

describe('the limit of open files', () => {
  it('is the soft one', () => {
    expect(parseOpenFilesLimit(limits('1024'))).toBe(1024)
  })

  it('is absent where there is none, or the text is none', () => {
    expect([parseOpenFilesLimit(limits('unlimited')), parseOpenFilesLimit(''), parseOpenFilesLimit('Max open files')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

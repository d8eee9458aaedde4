import { expect, test } from 'vitest'
import { endsInUnfinishedWord } from '../../../src-renderer/view/unfinished-word.ts'

test.each(['s', 'state', 'STAT', 'port:80 sta', '-is', '!is', '(rem', 'a OR p', ':80 O', ':80 OR', ':80 AN', 'NO', 'process:x -proc'])(
  '%s may still become a key or an operator',
  (text) => {
    expect(endsInUnfinishedWord(text)).toBe(true)
  },
)

test.each([
  '',
  'firefox',
  'state ',
  'state:',
  'state:listen',
  ':80',
  '"state',
  '"my state',
  'statex',
  'port:80 ',
  'process:proc',
  'a,state',
  'state)',
])('%j stands as it is', (text) => {
  expect(endsInUnfinishedWord(text)).toBe(false)
})

import { expect, test } from 'vitest'
import { useNotices } from '../../../src-renderer/stores/notices.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { useWithHost } from '../support/mount-with-host.ts'

test('what is shown takes the place of the last one of its kind; what is told stands beside it, the same words once', () => {
  const host = createFakeHost()
  const notices = useWithHost(host, useNotices)
  const seen = (): unknown[] => notices.list.map(({ key, parameters: { name } }) => [key, name])
  notices.show('info', 'views.saved', { name: 'a' })
  notices.show('info', 'views.saved', { name: 'b' })
  for (const name of ['x', 'y', 'x']) notices.tell('info', 'watch.notice', { name, text: '' })
  expect(seen()).toEqual([
    ['views.saved', 'b'],
    ['watch.notice', 'y'],
    ['watch.notice', 'x'],
  ])
  host.clock.advance(5000)
  expect(seen()).toEqual([])
})

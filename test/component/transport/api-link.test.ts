import { expect, test } from 'vitest'
import { createApiLink, type LinkState } from '../../../src-renderer/transport/api-link.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle } from '../support/mount-with-host.ts'

function watched(link: ReturnType<typeof createApiLink>): LinkState[] {
  const states: LinkState[] = []
  link.onState((state) => states.push(state))
  return states
}

test('pauses between attempts grow up to ten seconds and start over after a success', async () => {
  const host = createFakeHost()
  const states = watched(host.link)
  await settle()
  host.goAway()
  await settle()
  for (let attempt = 0; attempt < 7; attempt += 1) {
    host.clock.advance(10_000)
    await settle()
  }
  const waits = states.flatMap((state) => (state.state === 'lost' ? [state.retryInMs] : []))
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  host.comeBack()
  host.clock.advance(10_000)
  await settle()
  expect(states.at(-1)).toEqual({ state: 'open' })
  host.goAway()
  await settle()
  expect(states.at(-1)).toEqual({ state: 'lost', retryInMs: 500, attempt: 1 })
})

test('calls made while nobody is there answer disconnected instead of waiting', async () => {
  const host = createFakeHost()
  await settle()
  host.goAway()
  const answer = await host.link.api.call('getStatus', undefined)
  expect(answer.ok ? 'ok' : answer.error.code).toBe('disconnected')
})

test('a listener hears events of every later channel until it unsubscribes', async () => {
  const host = createFakeHost()
  const heard: number[] = []
  const unsubscribe = host.link.api.on('looked', ({ rows }) => heard.push(rows))
  await settle()
  host.emit('looked', { ...host.status(), rows: 1 })
  host.goAway()
  host.comeBack()
  await settle()
  host.clock.advance(500)
  await settle()
  host.emit('looked', { ...host.status(), rows: 2 })
  await settle()
  unsubscribe()
  host.emit('looked', { ...host.status(), rows: 3 })
  await settle()
  expect(heard.at(-1)).toBe(2)
})

test('a closed link makes no further attempt', async () => {
  const clock = createFakeClock()
  let attempts = 0
  const connect = () => {
    attempts += 1
    return Promise.reject(new Error('nobody there'))
  }
  const link = createApiLink({ connect, startTimer: clock.startTimer })
  await settle()
  link.close()
  clock.advance(60_000)
  await settle()
  expect([attempts, clock.waiting()]).toEqual([1, []])
})

import { expect, test } from 'vitest'
import { createBridgeChannel } from '../../../src-renderer/transport/bridge-channel.ts'
import type { ShellBridge } from '../../../src-renderer/transport/shell-bridge.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { createMemoryChannel } from '../../../src-shared/rpc/memory-channel.ts'
import { createRpcClient } from '../../../src-shared/rpc/client.ts'
import { serveRpc } from '../../../src-shared/rpc/server.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle } from '../support/mount-with-host.ts'

function subscribe<Listener>(to: Set<Listener>, listener: Listener): () => void {
  to.add(listener)
  return () => void to.delete(listener)
}

/** The preload's side, as the page sees it. */
function createBridge() {
  const messages = new Set<(message: unknown) => void>()
  const closes = new Set<() => void>()
  const posted: unknown[] = []
  const bridge: ShellBridge = {
    post: (message) => void posted.push(message),
    onMessage: (listener) => subscribe(messages, listener),
    onClose: (listener) => subscribe(closes, listener),
  }
  return {
    bridge,
    posted,
    subscriptions: () => messages.size + closes.size,
    say: (message: unknown) => [...messages].forEach((listener) => listener(message)),
    shut: () => [...closes].forEach((listener) => listener()),
  }
}

test('messages go both ways, and no further to a listener that left', () => {
  const { bridge, posted, say } = createBridge()
  const channel = createBridgeChannel(bridge)
  const heard: unknown[] = []
  const leave = channel.on('message', (message) => heard.push(message))
  channel.post({ kind: 'call', id: 1, name: 'getHost' })
  say('one')
  leave()
  say('two')
  expect([posted, heard]).toEqual([[{ kind: 'call', id: 1, name: 'getHost' }], ['one']])
})

test('the end is told once to everyone, also to who comes late, and nothing passes after it', () => {
  const { bridge, posted, say, shut, subscriptions } = createBridge()
  const channel = createBridgeChannel(bridge)
  const heard: unknown[] = []
  channel.on('message', (message) => heard.push(message))
  channel.on('close', () => heard.push('first'))
  channel.on('close', () => heard.push('left'))()
  shut()
  shut()
  channel.close()
  channel.on('close', () => heard.push('late'))
  say('after the end')
  channel.post({ kind: 'call', id: 2, name: 'getHost' })
  expect([heard, posted, subscriptions()]).toEqual([['first', 'late'], [], 0])
})

test('the page closes the channel itself and gives back every subscription', () => {
  const { bridge, subscriptions } = createBridge()
  const channel = createBridgeChannel(bridge)
  channel.on('message', () => undefined)
  let closed = 0
  channel.on('close', () => (closed += 1))
  channel.close()
  expect([closed, subscriptions()]).toEqual([1, 0])
})

test('calls, answers and events of the contract travel over the bridge', async () => {
  const { bridge, say } = createBridge()
  const [near, far] = createMemoryChannel()
  near.on('message', say)
  const host = createFakeHost()
  await settle()
  serveRpc({ channel: far, api: host.link.api, allows: () => true })
  const channel = createBridgeChannel({ ...bridge, post: (message) => near.post(message as never) })
  const client = createRpcClient(channel, { startTimer: createFakeClock().startTimer })
  const looks: number[] = []
  client.on('looked', ({ rows }) => looks.push(rows))
  expect(await client.call('getSettings', undefined)).toEqual(succeed(host.settings))
  host.emit('looked', { ...host.status(), rows: 12 })
  await settle()
  expect(looks).toEqual([12])
})

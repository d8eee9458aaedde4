import { describe, expect, it } from 'vitest'
import type { Api } from '../../../src-shared/contract/api.ts'
import type { CallName } from '../../../src-shared/contract/contract.ts'
import { fail } from '../../../src-shared/contract/result.ts'
import type { EngineLink } from '../../../src-shared/contract/status.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import { defaultSettings, type Settings } from '../../../src-shared/model/settings.ts'
import { createHostApi } from '../../../src-main/api/host-api.ts'
import type { SettingsStore } from '../../../src-main/settings/settings-store.ts'
import { createFixtureApi, fixtureBytes, fixtureHost, looksPerRefresh } from '../../contract/fixture-api.ts'

const runtime = { node: '24.1.0' }

const damaged: Problem = { code: 'settings-damaged', severity: 'warning', parameters: { file: 'f', reason: 'r' } }

function createStore(problems: readonly Problem[] = []): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>()
  let settings: Settings = { ...defaultSettings, theme: 'dark' }
  return {
    get: () => settings,
    change(patch) {
      settings = { ...settings, ...(patch as Partial<Settings>) }
      for (const listener of listeners) listener(settings)
      return settings
    },
    problems: () => problems,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function setUp({ actionsAllowed = true, problems = [] as readonly Problem[], extra = [] as readonly Problem[] } = {}) {
  const inner = createFixtureApi()
  const calls: { name: CallName; input: unknown }[] = []
  const troubles: string[] = []
  let link: EngineLink = { state: 'starting', restarts: 0 }
  let down = false
  const linkListeners = new Set<(value: EngineLink) => void>()
  const engineApi: Api = {
    call: (name, input) => {
      calls.push({ name, input })
      return down ? Promise.resolve(fail('engine-unavailable', 'down')) : inner.call(name, input)
    },
    on: (name, listener) => inner.on(name, listener),
  }
  const settings = createStore(problems)
  const api = createHostApi({
    engine: {
      api: engineApi,
      getLink: () => link,
      onLink: (listener) => {
        linkListeners.add(listener)
        return () => void linkListeners.delete(listener)
      },
    },
    settings,
    host: { host: 'web', version: '1.2.3', ownPids: () => [77, 4242], runtime },
    actionsAllowed,
    extraProblems: () => extra,
    onTrouble: (reason) => troubles.push(reason),
  })
  const become = (next: EngineLink): void => {
    link = next
    for (const listener of linkListeners) listener(next)
  }
  return { api, calls, settings, troubles, become, takeDown: () => (down = true) }
}

describe('the contract as a host offers it', () => {
  it('names the host, its version, its rights and all own processes, and leaves the rest to the engine', async () => {
    const { api } = setUp({ actionsAllowed: false })
    expect(await api.call('getHost', undefined)).toEqual({
      ok: true,
      value: { ...fixtureHost, host: 'web', version: '1.2.3', actionsAllowed: false, ownPids: [4242, 77], runtime },
    })
  })

  it('forwards what it does not know better', async () => {
    const { api, calls } = setUp()
    const result = await api.call('getChanges', { sequence: 5 })
    expect(result.ok && result.value.bytes).toEqual(fixtureBytes(5))
    expect(calls).toEqual([{ name: 'getChanges', input: { sequence: 5 } }])
  })

  it('refuses to act when actions are not allowed, without asking the engine', async () => {
    const { api, calls } = setUp({ actionsAllowed: false })
    expect(await api.call('endProcess', { targets: [{ pid: 1, startToken: 'x' }] })).toMatchObject({ error: { code: 'not-allowed' } })
    expect(await api.call('closeConnections', { ids: [`c${'0'.repeat(16)}`] })).toMatchObject({ error: { code: 'not-allowed' } })
    expect(await api.call('startTrace', { id: `c${'0'.repeat(16)}` })).toMatchObject({ error: { code: 'not-allowed' } })
    expect(calls).toEqual([])
    const allowed = setUp()
    expect((await allowed.api.call('endProcess', { targets: [{ pid: 1, startToken: 'x' }] })).ok).toBe(true)
  })

  it('that only looks has no more names asked for than it was set up to, and keeps no such choice', async () => {
    const { api, calls, settings } = setUp({ actionsAllowed: false })
    for (const reverseNames of ['public', 'all'] as const)
      expect(await api.call('changeSettings', { theme: 'light', reverseNames })).toMatchObject({ error: { code: 'not-allowed' } })
    expect([calls, settings.get()]).toEqual([[], { ...defaultSettings, theme: 'dark' }])
    settings.change({ reverseNames: 'all' }) // by whoever set it up
    expect((await api.call('changeSettings', { reverseNames: 'all', theme: 'light' })).ok).toBe(true)
    expect((await api.call('changeSettings', { reverseNames: 'off' })).ok).toBe(true)
    expect(await api.call('changeSettings', { reverseNames: 'public' })).toMatchObject({ ok: false })
    expect((await setUp().api.call('changeSettings', { reverseNames: 'all' })).ok).toBe(true)
  })

  it('answers for settings and link also while the engine is down', async () => {
    const { api, takeDown, become } = setUp()
    takeDown()
    become({ state: 'restarting', restarts: 2, retryInMs: 250 })
    expect(await api.call('getSettings', undefined)).toEqual({ ok: true, value: { ...defaultSettings, theme: 'dark' } })
    expect(await api.call('changeSettings', { intervalMs: 700 })).toMatchObject({ ok: true, value: { intervalMs: 700 } })
    expect(await api.call('getEngineLink', undefined)).toEqual({ ok: true, value: { state: 'restarting', restarts: 2, retryInMs: 250 } })
    expect(await api.call('getStatus', undefined)).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } })
  })

  it('stores a change, tells the engine and every listener', async () => {
    const { api, calls, settings } = setUp()
    const heard: Settings[] = []
    api.on('settingsChanged', (value) => heard.push(value))
    await api.call('changeSettings', { intervalMs: 700 })
    const expected = { ...defaultSettings, theme: 'dark', intervalMs: 700 }
    expect(settings.get()).toEqual(expected)
    expect(calls).toEqual([{ name: 'changeSettings', input: expected }])
    expect(heard).toEqual([expected])
  })

  it('tells every new engine the settings', () => {
    const { calls, become, settings } = setUp()
    become({ state: 'running', restarts: 0 })
    become({ state: 'restarting', restarts: 0, retryInMs: 250 })
    become({ state: 'running', restarts: 1 })
    expect(calls).toEqual([
      { name: 'changeSettings', input: settings.get() },
      { name: 'changeSettings', input: settings.get() },
    ])
  })

  it('passes every change of the link on, until the listener unsubscribes', () => {
    const { api, become } = setUp()
    const heard: EngineLink[] = []
    const stop = api.on('engineLink', (value) => heard.push(value))
    become({ state: 'restarting', restarts: 0, retryInMs: 250 })
    stop()
    become({ state: 'running', restarts: 1 })
    expect(heard).toEqual([{ state: 'restarting', restarts: 0, retryInMs: 250 }])
  })

  it('adds the problems of the host to every status', async () => {
    const extra: Problem = { code: 'own-process-namespace', severity: 'info' }
    const { api } = setUp({ problems: [damaged], extra: [extra] })
    const heard: (readonly Problem[])[] = []
    api.on('looked', ({ problems }) => heard.push(problems))
    const refreshed = await api.call('refresh', undefined)
    const status = await api.call('getStatus', undefined)
    expect([status, refreshed].map((each) => each.ok && each.value.problems)).toEqual([
      [damaged, extra],
      [damaged, extra],
    ])
    expect(heard).toEqual(Array.from({ length: looksPerRefresh }, () => [damaged, extra]))
  })
})

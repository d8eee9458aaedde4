import { describe, expect, it } from 'vitest'
import { ReverseNames } from '../../../src-main/enrich/reverse-names.ts'

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A resolver whose answers a test gives. */
function surroundings() {
  let nowMs = 0
  const open = new Map<string, { give: (names: string[]) => void; fail: (code: string) => void }>()
  const asked: string[] = []
  const names = new ReverseNames({
    steadyNow: () => nowMs,
    resolve: (address) => {
      asked.push(address)
      return new Promise((give, fail) => open.set(address, { give, fail: (code) => fail(Object.assign(new Error(code), { code })) }))
    },
  })
  const answer = async (address: string, ...told: string[]): Promise<void> => {
    open.get(address)?.give(told)
    await settle()
  }
  const fail = async (address: string, code: string): Promise<void> => {
    open.get(address)?.fail(code)
    await settle()
  }
  return { names, asked, answer, fail, advance: (ms: number) => void (nowMs += ms) }
}

describe('reverse names', () => {
  it('are pending until the resolver answers, and asked for once', async () => {
    const { names, asked, answer } = surroundings()
    expect([names.known('192.0.2.1'), names.ask('192.0.2.1'), names.ask('192.0.2.1')]).toEqual([
      undefined,
      { pending: true },
      { pending: true },
    ])
    await answer('192.0.2.1', 'a.example')
    expect([names.ask('192.0.2.1'), names.known('192.0.2.1'), asked]).toEqual([{ host: 'a.example' }, { host: 'a.example' }, ['192.0.2.1']])
  })
  it('take the same of several names each time, and none of hostile ones', async () => {
    const { names, answer } = surroundings()
    names.ask('192.0.2.1')
    await answer('192.0.2.1', 'zeta.example', '198.51.100.1', 'beta.example')
    expect(names.known('192.0.2.1')).toEqual({ host: 'beta.example' })
  })
  it('last an hour; that there is none, ten minutes; a resolver that fails is asked again after one', async () => {
    const { names, asked, answer, fail, advance } = surroundings()
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) names.ask(address)
    await answer('192.0.2.1', 'a.example')
    await fail('192.0.2.2', 'ENOTFOUND')
    await fail('192.0.2.3', 'ETIMEOUT')
    expect([names.ask('192.0.2.2'), names.ask('192.0.2.3')]).toEqual([{}, {}])
    advance(60_000)
    expect([names.ask('192.0.2.1'), names.ask('192.0.2.2'), names.ask('192.0.2.3')]).toEqual([{ host: 'a.example' }, {}, { pending: true }])
    advance(540_000)
    expect([names.ask('192.0.2.1'), names.ask('192.0.2.2')]).toEqual([{ host: 'a.example' }, { pending: true }])
    advance(3_000_000)
    expect(names.ask('192.0.2.1')).toEqual({ pending: true })
    expect(asked.length).toBe(6)
  })
  it('are asked for a few at a time, in order, and only so many wait', async () => {
    const { names, asked, answer } = surroundings()
    for (let index = 0; index < 1000; index += 1) names.ask(`10.0.${index >> 8}.${index & 255}`)
    expect(asked.length).toBe(8)
    await answer('10.0.0.0', 'a.example')
    expect(asked.slice(8)).toEqual(['10.0.0.8'])
    names.askOnly(() => false)
    for (let index = 1; index < 9; index += 1) await answer(`10.0.0.${index}`)
    expect(asked.length).toBe(9)
  })
  it('are not asked for any more where they are no longer wanted, the others are', async () => {
    const { names, asked, answer } = surroundings()
    for (let index = 0; index < 20; index += 1) names.ask(`${index % 2 === 0 ? '10' : '8'}.0.0.${index}`)
    names.askOnly((address) => address.startsWith('8.'))
    for (let index = 0; index < 20; index += 1) await answer(`${index % 2 === 0 ? '10' : '8'}.0.0.${index}`)
    for (let index = 0; index < 20; index += 1) await answer(`${index % 2 === 0 ? '10' : '8'}.0.0.${index}`)
    expect(asked.slice(8).every((address) => address.startsWith('8.'))).toBe(true)
    expect(asked.length).toBe(8 + 6)
  })
  it('can be waited for ahead of the others', async () => {
    const { names, asked, answer } = surroundings()
    for (let index = 0; index < 20; index += 1) names.ask(`10.0.0.${index}`)
    const now = names.askNow('10.0.0.19')
    expect(asked.length).toBe(8) // no more at once than otherwise
    await answer('10.0.0.3', 'a.example')
    expect(asked.at(-1)).toBe('10.0.0.19')
    names.askOnly(() => false)
    await answer('10.0.0.19', 'now.example')
    expect(await now).toEqual({ host: 'now.example' })
    expect(await names.askNow('10.0.0.19')).toEqual({ host: 'now.example' })
  })
  it('wait for a question that is open already, and are told as asked for on request only when they were', async () => {
    const { names, asked, answer } = surroundings()
    names.ask('10.0.0.1')
    names.ask('10.0.0.2')
    const both = [names.askNow('10.0.0.1'), names.askNow('10.0.0.1')]
    await answer('10.0.0.1', 'a.example')
    await answer('10.0.0.2', 'b.example')
    expect([await Promise.all(both), asked]).toEqual([
      [{ host: 'a.example' }, { host: 'a.example' }],
      ['10.0.0.1', '10.0.0.2'],
    ])
    expect([names.knownOnRequest('10.0.0.1'), names.knownOnRequest('10.0.0.2')]).toEqual([{ host: 'a.example' }, undefined])
    await names.askNow('10.0.0.2')
    expect(names.knownOnRequest('10.0.0.2')).toEqual({ host: 'b.example' })
  })
  it('forget the oldest when there are too many', async () => {
    let asked = 0
    const names = new ReverseNames({ steadyNow: () => 0, resolve: async () => [`h${(asked += 1)}.example`] })
    for (let index = 0; index < 10_001; index += 1) await names.askNow(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`)
    expect([names.known('10.0.0.0'), names.known('10.0.0.1')]).toEqual([undefined, { host: 'h2.example' }])
  })
})

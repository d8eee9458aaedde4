import { describe, expect, test } from 'vitest'
import { compileRule, type RuleContext } from '../../../../src-renderer/view/watch/compile-rule.ts'
import { RowWatch } from '../../../../src-renderer/view/watch/row-watch.ts'
import { KnownNames } from '../../../../src-shared/model/known-names.ts'
import { nameKeys, type NameKey } from '../../../../src-shared/query/index.ts'
import type { WatchRule } from '../../../../src-shared/model/watch-rule.ts'
import { ChangeSetBuilder, type DeltaInput, type RowInput } from '../../../builders/mirror-builder.ts'

const rule = (more: Partial<WatchRule>): WatchRule => ({
  id: 'r',
  name: 'rule',
  query: 'country:SE',
  kind: 'row',
  count: 0,
  coolDownMs: 0,
  enabled: true,
  sound: false,
  ...more,
})
const client = (id: number, remote: string, more: RowInput = {}): RowInput => ({ id, local: `127.0.0.1:${4000 + id}`, remote, ...more })

/** Rules over these rows with names that come when a test says so; `look` tells what the rules said. */
function watching(rules: readonly WatchRule[], rows: readonly RowInput[], available: readonly NameKey[] = nameKeys) {
  const builder = new ChangeSetBuilder()
  const known = new KnownNames()
  const watch = new RowWatch()
  const context = (keys: readonly NameKey[]): RuleContext => ({ now: () => 0, names: { known, available: new Set(keys) } })
  let nowMs = 0
  watch.setRules(rules, context(available))
  const apply = (set: Parameters<RowWatch['apply']>[0]): string[] => {
    const said: string[] = []
    const outcome = watch.apply(set, nowMs, ({ rule: { id }, total, rows: [first] }) =>
      said.push([id, total, first?.remote].filter((part) => part !== undefined).join(' ')),
    )
    expect(outcome.ok).toBe(true)
    return said
  }
  expect(apply(builder.full(rows))).toEqual([])
  return {
    watch,
    known,
    look: (input: DeltaInput = {}) => apply(builder.delta(input)),
    wait: (ms: number) => void (nowMs += ms),
    switchTo: (keys: readonly NameKey[]) => watch.setRules(rules, context(keys)),
  }
}

describe('a rule about names', () => {
  test('asks for the name of a new row and tells of it when the name is known', () => {
    const { look, known } = watching([rule({})], [])
    expect(look({ added: [client(1, '192.0.2.1:443'), client(2, '192.0.2.2:443')] })).toEqual([])
    expect(known.takeWanted(9)).toEqual(['192.0.2.1', '192.0.2.2'])
    known.learn('192.0.2.1', { country: 'SE' })
    known.learn('192.0.2.2', { country: 'DE' })
    expect(look()).toEqual(['r 1 192.0.2.1:443'])
    expect(look()).toEqual([])
    expect(look({ added: [client(3, '192.0.2.1:80')] })).toEqual(['r 1 192.0.2.1:80'])
  })

  test('tells nothing of rows that were there at the start when their names come', () => {
    const rules = [rule({}), rule({ id: 'm', kind: 'remote' })]
    const { look, known } = watching(rules, [client(1, '192.0.2.1:443')])
    known.learn('192.0.2.1', { country: 'SE' })
    expect(look()).toEqual([])
    expect(look({ added: [client(2, '192.0.2.1:80')] })).toEqual(['r 1 192.0.2.1:80'])
  })

  test('takes an excluded name for neither here nor there until it is known', () => {
    const { look, known } = watching([rule({ query: '-country:SE' })], [])
    expect(look({ added: [client(1, '192.0.2.1:443'), client(2, '192.0.2.2:443')] })).toEqual([])
    known.learn('192.0.2.1', { country: 'SE' })
    known.learn('192.0.2.2', {})
    expect(look()).toEqual(['r 1 192.0.2.2:443'])
  })

  test('asks only for names that decide', () => {
    const { look, known } = watching([rule({ query: 'rport:443 country:SE OR process:curl' })], [client(9, '192.0.2.9:80')])
    expect(look({ added: [client(1, '192.0.2.1:80'), client(2, '192.0.2.2:443', { owner: 'curl' }), client(3, '192.0.2.3:443')] })).toEqual(
      ['r 1 192.0.2.2:443'],
    )
    expect(known.takeWanted(9)).toEqual(['192.0.2.3'])
  })

  test('waits for a host name that is still being looked up, and not longer', () => {
    const { look, known } = watching([rule({ query: 'host:example.com' }), rule({ id: 'c' })], [])
    look({ added: [client(1, '192.0.2.1:443')] })
    known.learn('192.0.2.1', { country: 'SE' }, true)
    expect(look()).toEqual(['c 1 192.0.2.1:443'])
    known.learn('192.0.2.1', { country: 'SE', host: 'www.example.com' })
    expect(look()).toEqual(['r 1 192.0.2.1:443'])
    look({ added: [client(2, '192.0.2.2:443')] })
    known.learn('192.0.2.2', {}, true)
    known.giveUpHosts()
    expect(look()).toEqual([])
  })

  test('tells of a row that was closed before its name came, for ten seconds', () => {
    const { look, known, wait } = watching([rule({})], [])
    look({ added: [client(1, '192.0.2.1:443'), client(2, '192.0.2.2:443')] })
    look({ removed: [1, 2] })
    look({ added: [client(3, '192.0.2.3:443')] }) // takes none of the two slots
    known.learn('192.0.2.1', { country: 'SE' })
    expect(look()).toEqual(['r 1 192.0.2.1:443'])
    wait(10_000)
    look()
    known.learn('192.0.2.2', { country: 'SE' })
    known.learn('192.0.2.3', { country: 'SE' })
    expect(look()).toEqual(['r 1 192.0.2.3:443'])
    expect(look({ removed: [3] })).toEqual([])
  })

  test('counts old rows as they become known, which passes no limit by itself', () => {
    const rules = [rule({ id: 'a', kind: 'above', count: 1 }), rule({ id: 'b', kind: 'below', count: 2 })]
    const { look, known } = watching(rules, [client(1, '192.0.2.1:1'), client(2, '192.0.2.2:1')])
    known.learn('192.0.2.1', { country: 'SE' })
    expect(look()).toEqual([])
    known.learn('192.0.2.2', { country: 'SE' })
    expect(look()).toEqual([])
    expect(look({ removed: [1] })).toEqual(['b 1'])
    expect(look({ added: [client(3, '192.0.2.1:3')] })).toEqual(['a 2'])
  })

  test('rests while its names are off, and begins anew when they are switched on', () => {
    const { watch, look, known, switchTo } = watching([rule({ query: 'host:example.com' })], [], ['country', 'asn'])
    expect(watch.ruleCount).toBe(0)
    look({ added: [client(1, '192.0.2.1:443')] })
    switchTo(nameKeys)
    expect(watch.ruleCount).toBe(1)
    known.learn('192.0.2.1', { host: 'example.com' })
    expect(look()).toEqual([])
    expect(look({ added: [client(2, '192.0.2.1:80')] })).toEqual(['r 1 192.0.2.1:80'])
  })

  test('keeps what it knows when names are forgotten', () => {
    const { look, known } = watching([rule({})], [])
    known.learn('192.0.2.1', { country: 'SE' })
    expect(look({ added: [client(1, '192.0.2.1:443')] })).toEqual(['r 1 192.0.2.1:443'])
    known.forget()
    expect(look({ changed: [client(1, '192.0.2.1:443', { receiveQueue: 1 })] })).toEqual([])
    known.learn('192.0.2.1', { country: 'SE' })
    expect(look()).toEqual([])
  })

  test('remembers more old rows than can wait, so that none of them is news later', () => {
    const rows = Array.from({ length: 5100 }, (_, index) => client(index + 1, `10.0.${index >> 8}.${index & 255}:443`))
    const { look, known } = watching([rule({})], rows)
    for (let index = 0; index < 5100; index += 1) known.learn(`10.0.${index >> 8}.${index & 255}`, { country: 'SE' })
    expect(look({ changed: rows.slice(-50).map((row) => Object.assign({}, row, { receiveQueue: 1 })) })).toEqual([])
  })
})

test.each(['host:a', 'country:SE', 'asn:1', 'port:1 OR -asn:1'])('the names of %s can be off', (query) => {
  const known = new KnownNames()
  const compiled = (available: readonly NameKey[]) =>
    compileRule({ query, kind: 'row' }, { now: () => 0, names: { known, available: new Set(available) } })
  expect([compiled(nameKeys).ok, compiled([]).ok]).toEqual([true, false])
})

import { expect, test } from 'vitest'
import { RowWatch, type Alarm } from '../../../../src-renderer/view/watch/row-watch.ts'
import { compileRule, ruleText } from '../../../../src-renderer/view/watch/compile-rule.ts'
import type { WatchRule } from '../../../../src-shared/model/watch-rule.ts'
import { ChangeSetBuilder, type DeltaInput, type RowInput } from '../../../builders/mirror-builder.ts'

const rule = (more: Partial<WatchRule>): WatchRule => ({
  id: 'r',
  name: 'rule',
  query: '',
  kind: 'row',
  count: 0,
  coolDownMs: 0,
  enabled: true,
  sound: false,
  ...more,
})
const client = (id: number, remote: string, more: RowInput = {}): RowInput => ({ id, local: `127.0.0.1:${4000 + id}`, remote, ...more })

/** Rules over these rows; `look` brings changes and tells what the rules said, `muted` ones in brackets. */
function watching(rules: readonly WatchRule[], rows: readonly RowInput[]) {
  const builder = new ChangeSetBuilder()
  const watch = new RowWatch()
  let nowMs = 0
  watch.setRules(rules, { now: () => 0 })
  const said: Alarm[] = []
  const tell = (alarm: Alarm): void => void said.push(alarm)
  const apply = (set: Parameters<RowWatch['apply']>[0]): string[] => {
    said.length = 0
    expect(watch.apply(set, nowMs, tell).ok).toBe(true)
    return said.map(({ rule: { id }, muted, total }) => (muted ? `(${id} ${total})` : `${id} ${total}`))
  }
  expect(apply(builder.full(rows))).toEqual([])
  return {
    watch,
    builder,
    said,
    apply,
    look: (input: DeltaInput) => apply(builder.delta(input)),
    wait: (ms: number) => void (nowMs += ms),
  }
}

test('rows that are there at the start are no news, those that come later are', () => {
  const { look, said } = watching([rule({ query: 'rport:443' })], [client(1, '192.0.2.1:443')])
  expect(look({ added: [client(2, '192.0.2.2:80')] })).toEqual([])
  expect(
    look({ added: [client(3, '192.0.2.3:443', { owner: { name: 'curl', pid: 9, startToken: 'x' } }), client(4, '192.0.2.4:443')] }),
  ).toEqual(['r 2'])
  expect(said[0]?.rows.map(({ process, local, remote, state }) => [process, local, remote, state])).toEqual([
    ['curl[9]', '127.0.0.1:4003', '192.0.2.3:443', 'ESTABLISHED'],
    [undefined, '127.0.0.1:4004', '192.0.2.4:443', 'ESTABLISHED'],
  ])
})

test('a row that comes to match by a change is news, one that goes on matching is not', () => {
  const { look } = watching([rule({ query: 'state:close_wait' })], [client(1, '192.0.2.1:443')])
  expect(look({ changed: [client(1, '192.0.2.1:443', { state: 'CLOSE_WAIT' })] })).toEqual(['r 1'])
  expect(look({ changed: [client(1, '192.0.2.1:443', { state: 'CLOSE_WAIT', receiveQueue: 7 })] })).toEqual([])
  expect(look({ removed: [1] })).toEqual([])
  expect(look({ added: [client(2, '192.0.2.1:443', { state: 'CLOSE_WAIT' })] })).toEqual(['r 1'])
})

test('a process that is told another name makes its rows match', () => {
  const owner = { name: 'sh', pid: 9, startToken: 'x' }
  const { look, builder, apply } = watching([rule({ query: 'process:nginx' })], [client(1, '192.0.2.1:443', { owner })])
  const set = builder.delta({})
  expect(apply({ ...set, header: { ...set.header, processes: [{ ref: 1, pid: 9, startToken: 'x', name: 'nginx' }] } })).toEqual(['r 1'])
  expect(look({})).toEqual([])
})

test('a remote address is told once, however many connections it has', () => {
  const { look } = watching([rule({ kind: 'remote' })], [client(1, '192.0.2.1:443')])
  expect(look({ added: [client(2, '192.0.2.1:80')] })).toEqual([])
  expect(look({ added: [client(3, '192.0.2.2:443'), client(4, '192.0.2.2:443')] })).toEqual(['r 1'])
  expect(look({ removed: [3, 4] })).toEqual([])
  expect(look({ added: [client(5, '192.0.2.2:443')] })).toEqual([])
})

test('an address with a connection is no news, however many others there are', () => {
  const many = Array.from({ length: 20_010 }, (_, index) => client(index + 1, `10.0.${index >> 8}.${index & 255}:443`))
  const { look } = watching([rule({ kind: 'remote' })], many)
  expect(look({ changed: [client(1, '10.0.0.0:443', { receiveQueue: 7 })] })).toEqual([])
  expect(look({ added: [client(30_001, '10.0.0.1:443')] })).toEqual([])
  expect(look({ added: [client(30_002, '192.0.2.1:443')] })).toEqual(['r 1'])
})

test('an address whose connections are gone stays known, until twenty thousand others are, too', () => {
  const { look } = watching([rule({ kind: 'remote' })], [client(1, '192.0.2.1:443'), client(2, '192.0.2.1:80')])
  expect(look({ removed: [1, 2] })).toEqual([])
  expect(look({ added: [client(3, '192.0.2.1:443')] })).toEqual([])
  expect(look({ removed: [3] })).toEqual([])
  const many = Array.from({ length: 20_000 }, (_, index) => client(index + 10, `10.0.${index >> 8}.${index & 255}:443`))
  expect(look({ added: many })).toEqual(['r 20000'])
  expect(look({ removed: many.map(({ id = 0 }) => id) })).toEqual([])
  expect(look({ added: [client(4, '192.0.2.1:443')] })).toEqual(['r 1'])
})

test('a listener is told where the query fits, a connection of the same port is not', () => {
  const { look } = watching([rule({ kind: 'listener', query: 'lport:8080' })], [])
  expect(look({ added: [{ id: 1, local: '127.0.0.1:9090' }, client(2, '192.0.2.1:8080')] })).toEqual([])
  expect(
    look({
      added: [
        { id: 3, local: '127.0.0.1:8080' },
        { id: 4, local: '127.0.0.1:8080', remote: '192.0.2.1:5' },
      ],
    }),
  ).toEqual(['r 1'])
  expect(look({ added: [{ id: 5, protocol: 'udp', local: '0.0.0.0:8080' }] })).toEqual(['r 1'])
})

const listener = (query: string): string => ruleText({ kind: 'listener', query })

test('the words that show the rows of a rule in the table name listeners where the rule is about them', () => {
  expect([
    listener(''),
    listener('lport:22'),
    listener('lport:22 OR lport:80'),
    listener('prot:tcp'),
    listener('lport:22 is:listening'),
  ]).toEqual(['is:listening', 'is:listening lport:22', 'is:listening (lport:22 OR lport:80)', 'prot:tcp', 'lport:22 is:listening'])
  expect(ruleText({ kind: 'row', query: ' Port:22 ' })).toBe(' Port:22 ')
})

test('a count is told when it passes and again only after it went back', () => {
  const { look } = watching(
    [rule({ id: 'a', kind: 'above', count: 2 }), rule({ id: 'b', kind: 'below', count: 2 })],
    [client(1, '192.0.2.1:1'), client(2, '192.0.2.1:2')],
  )
  expect(look({ added: [client(3, '192.0.2.1:3')] })).toEqual(['a 3'])
  expect(look({ added: [client(4, '192.0.2.1:4')] })).toEqual([])
  expect(look({ removed: [2, 3, 4] })).toEqual(['b 1'])
  expect(look({ added: [client(5, '192.0.2.1:5')] })).toEqual([])
  expect(look({ added: [client(6, '192.0.2.1:6'), client(7, '192.0.2.1:7')] })).toEqual(['a 4'])
})

test('a count that is beyond the limit at the start is not told', () => {
  const { look } = watching([rule({ kind: 'above', count: 0 })], [client(1, '192.0.2.1:1')])
  expect(look({ added: [client(2, '192.0.2.1:2')] })).toEqual([])
})

test('within the cool-down rows are only counted; a count that is still passed is told when it ends', () => {
  const { look, wait } = watching(
    [rule({ coolDownMs: 1000 }), rule({ id: 'a', kind: 'above', count: 1, coolDownMs: 1000 })],
    [client(1, '192.0.2.1:1')],
  )
  expect(look({ added: [client(2, '192.0.2.1:2')] })).toEqual(['r 1', 'a 2'])
  expect(look({ removed: [2] })).toEqual([])
  wait(999)
  expect(look({ added: [client(3, '192.0.2.1:3')] })).toEqual(['(r 1)'])
  wait(1)
  expect(look({})).toEqual(['a 2'])
  expect(look({ added: [client(4, '192.0.2.1:4')] })).toEqual(['r 1'])
})

test('another session and another full set count nothing as new', () => {
  const { apply } = watching([rule({}), rule({ id: 'm', kind: 'remote' })], [])
  const other = new ChangeSetBuilder('another-session')
  expect(apply(other.full([client(1, '192.0.2.1:1')]))).toEqual([])
  expect(apply(other.full([client(1, '192.0.2.1:1'), client(2, '192.0.2.2:1')]))).toEqual([])
  expect(apply(other.delta({ added: [client(3, '192.0.2.3:1')] }))).toEqual(['r 1', 'm 1'])
})

test('a rule that is made later takes the rows of now as known; one that is only renamed keeps what it knows', () => {
  const first = rule({ kind: 'remote' })
  const { watch, look, said } = watching([first], [])
  look({ added: [client(1, '192.0.2.1:1')] })
  watch.setRules([{ ...first, name: 'another', coolDownMs: 5 }, rule({ id: 'new' })], { now: () => 0 })
  expect(look({ added: [client(2, '192.0.2.1:1')] })).toEqual(['new 1'])
  expect(look({ added: [client(3, '192.0.2.9:1')] })).toEqual(['r 1', 'new 1'])
  expect(said[0]?.rule.name).toBe('another')
})

test('bare words mean names of ports too, and other names count nothing as new', () => {
  const named = rule({ query: 'https' })
  const { watch, look } = watching([named], [client(1, '192.0.2.1:443')])
  expect(look({ changed: [client(1, '192.0.2.1:443', { receiveQueue: 1 })] })).toEqual([])
  watch.setRules([named], { now: () => 0, serviceName: (port) => (port === 443 ? 'https' : undefined) })
  expect(look({ changed: [client(1, '192.0.2.1:443', { receiveQueue: 2 })] })).toEqual([])
  expect(look({ added: [client(2, '192.0.2.2:443')] })).toEqual(['r 1'])
})

test('rules that are off or wrong are left out', () => {
  const { watch, look } = watching([rule({ enabled: false }), rule({ query: 'nokey:1' }), rule({ query: 'age:>1m' })], [])
  expect(watch.ruleCount).toBe(0)
  expect(look({ added: [client(1, '192.0.2.1:1')] })).toEqual([])
})

test('only rows that were touched are asked', () => {
  const rows = Array.from({ length: 500 }, (_, index) => client(index + 1, `192.0.2.1:${index + 1}`))
  const { watch, look } = watching([rule({ query: 'rport:7' })], rows)
  let reads = 0
  const { remotePort } = watch.mirror.columns
  watch.mirror.columns = {
    ...watch.mirror.columns,
    remotePort: new Proxy(remotePort, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/u.test(key)) reads += 1
        const value = Reflect.get(target, key, target) as unknown
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    }),
  }
  look({ changed: [client(3, '192.0.2.1:3', { receiveQueue: 1 })] })
  expect([reads > 0, reads < 5]).toEqual([true, true])
})

test.each([
  ['time-dependent', 'age:>1m'],
  ['time-dependent', '-is:new'],
  ['query', 'port:'],
  ['names-off', 'port:443 -country:SE'],
  ['too-long', 'x'.repeat(1001)],
] as const)('a query cannot be a rule: %s', (problem, query) => {
  const compiled = compileRule({ query, kind: 'row' }, { now: () => 0 })
  expect(compiled.ok ? 'fine' : compiled.problem.kind).toBe(problem)
})

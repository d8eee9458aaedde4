import { expect, test } from 'vitest'
import { connectionChurn } from '../../../../src-main/diagnosis/rules/connection-churn.ts'
import type { Candidate } from '../../../../src-main/diagnosis/rule.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const remote = '203.0.113.1:8080'
const owner = { pid: 9, startToken: 'p', name: 'php' }

/** Ids of `count` rows from `first`. */
const ids = (first: number, count: number): number[] => Array.from({ length: count }, (_each, index) => first + index)

/** Looks of a client that opens `perLook` connections and closes those of the look before. */
function run(looks: number, perLook: number, row: (index: number) => RowInput, prepare: readonly RowInput[] = []): readonly Candidate[][] {
  const watch = new RuleWatch(connectionChurn)
  watch.full(prepare)
  const seen: Candidate[][] = []
  for (let look = 0; look < looks; look += 1) {
    const first = 1000 + look * perLook
    const added = manyRows(perLook, (index) => ({ id: first + index, ...row(index) }))
    seen.push([...watch.look({ added, removed: look === 0 ? [] : ids(first - perLook, perLook) })])
  }
  return seen
}

test('fires at fifty opened and closed per second over the window', () => {
  const looks = run(8, 50, (index) => ({ remote, local: `192.0.2.1:${30_000 + index}`, owner }))
  expect(looks[2]).toEqual([])
  const [candidate, ...others] = looks.at(-1) ?? []
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: remote, level: 'raise', process: { pid: 9 }, remote: { address: '203.0.113.1', port: 8080 } })
  expect(figuresOf(candidate)).toEqual({ 'opened-rate': 50, 'closed-rate': 50, 'mean-lifetime': 1000 })
  expect(candidate?.evidence).toHaveLength(50)
  expect(partsOf(candidate, 'state')).toEqual({ ESTABLISHED: 50 })
})

test('rows that appear in TIME_WAIT were opened and closed in between, and nobody counts them again when they go', () => {
  const watch = new RuleWatch(connectionChurn)
  watch.full([{ remote, owner }])
  let seen: readonly Candidate[] = []
  for (let look = 0; look < 6; look += 1)
    seen = watch.look({
      added: manyRows(60, (index) => ({ local: `192.0.2.1:${20_000 + look * 60 + index}`, remote, state: 'TIME_WAIT' })),
    })
  expect(figuresOf(seen[0])).toEqual({ 'opened-rate': 60, 'closed-rate': 60, 'mean-lifetime': expect.closeTo(1000 / 60) })
  expect(seen[0]).toMatchObject({ process: { pid: 9 } })
  for (let look = 0; look < 5; look += 1) seen = watch.look({ removed: ids(2 + look * 60, 60) })
  expect(seen).toEqual([])
})

test('on Linux a connection’s TIME_WAIT is another row: one opening, one closing', () => {
  const watch = new RuleWatch(connectionChurn)
  watch.full([])
  let seen: readonly Candidate[] = []
  for (let look = 0; look < 8; look += 1) {
    const at = (cycle: number, state: 'ESTABLISHED' | 'TIME_WAIT'): RowInput[] =>
      manyRows(60, (index) => ({
        id: 1000 + cycle * 200 + index + (state === 'TIME_WAIT' ? 100 : 0),
        local: `192.0.2.1:${1024 + cycle * 60 + index}`,
        remote,
        state,
      }))
    const resting = look === 0 ? [] : at(look - 1, 'TIME_WAIT')
    seen = watch.look({ added: [...at(look, 'ESTABLISHED'), ...resting], removed: look === 0 ? [] : ids(1000 + (look - 1) * 200, 60) })
  }
  expect(figuresOf(seen[0])).toMatchObject({ 'opened-rate': 60, 'closed-rate': 60 })
})

test('elsewhere a row changes to TIME_WAIT and closes once', () => {
  const watch = new RuleWatch(connectionChurn)
  watch.full([])
  let seen: readonly Candidate[] = []
  for (let look = 0; look < 8; look += 1) {
    const rowsOf = (cycle: number, state: 'ESTABLISHED' | 'TIME_WAIT'): RowInput[] =>
      manyRows(60, (index) => ({ id: 1000 + cycle * 60 + index, local: `192.0.2.1:${1024 + cycle * 60 + index}`, remote, state }))
    seen = watch.look({
      added: rowsOf(look, 'ESTABLISHED'),
      changed: look === 0 ? [] : rowsOf(look - 1, 'TIME_WAIT'),
      removed: look < 2 ? [] : ids(1000 + (look - 2) * 60, 60),
    })
  }
  expect(figuresOf(seen[0])).toMatchObject({ 'opened-rate': 60, 'closed-rate': 60, 'mean-lifetime': 1000 })
})

test('a server that many clients call, each often, is healthy', () => {
  const listener: RowInput = { local: '0.0.0.0:443', owner: 'web' }
  expect(run(8, 500, (index) => ({ local: '192.0.2.1:443', remote: `203.0.113.1:${1024 + index}` }), [listener]).flat()).toEqual([])
})

test('a crawler that calls each endpoint once is none', () => {
  expect(run(8, 500, (index) => ({ remote: `203.0.113.${index % 250}:${80 + index}`, owner })).flat()).toEqual([])
})

test('a pool that opens many and keeps them does not churn, nor does one that closes many', () => {
  const watch = new RuleWatch(connectionChurn)
  watch.full([])
  for (let look = 0; look < 6; look += 1) expect(watch.look({ added: manyRows(100, () => ({ remote, owner })) })).toEqual([])
  expect(watch.looks(5)).toEqual([])
  for (let look = 0; look < 6; look += 1) expect(watch.look({ removed: ids(1 + look * 100, 100) })).toEqual([])
})

test('is kept from thirty-five per second on, and ends when it is quiet', () => {
  expect(run(8, 35, () => ({ remote, owner })).at(-1)).toMatchObject([{ level: 'keep' }])
  expect(run(8, 34, () => ({ remote, owner })).at(-1)).toEqual([])
})

test('rows of a full set were not just opened', () => {
  const watch = new RuleWatch(connectionChurn)
  const many = manyRows(1000, () => ({ remote, owner }))
  for (let look = 0; look < 6; look += 1) expect(watch.full(many)).toEqual([])
  expect(watch.looks(6)).toEqual([])
})

test('what happened while the machine slept has no rate', () => {
  const watch = new RuleWatch(connectionChurn)
  watch.full(manyRows(5000, () => ({ remote, owner })))
  watch.looks(5)
  const added = manyRows(5000, () => ({ remote, owner }))
  expect(watch.look({ afterMs: 3_600_000, added, removed: ids(1, 5000) })).toEqual([])
  expect(watch.looks(6)).toEqual([])
})

test('UDP does not count', () => {
  expect(run(8, 100, () => ({ protocol: 'udp', remote, owner })).flat()).toEqual([])
})

test('within one machine a connection counts once, whichever end it rests with', () => {
  const local = '127.0.0.1:8080'
  const listener: RowInput = { id: 1, local, owner: 'server' }
  const calling = (port: number): RowInput => ({ local: `127.0.0.1:${port}`, remote: local, owner })
  const called = (port: number): RowInput => ({ local, remote: `127.0.0.1:${port}`, owner: 'server' })
  const watch = new RuleWatch(connectionChurn)
  watch.full([listener])
  let seen: readonly Candidate[] = []
  for (let look = 0; look < 8; look += 1) {
    const first = 1000 * (look + 1)
    const lasting = manyRows(60, (index) => ({ id: first + index, ...calling(first + index) }))
    const theirEnds = manyRows(60, (index) => ({ id: first + 100 + index, ...called(first + index) }))
    const before = manyRows(60, (index): RowInput => ({ id: first + 200 + index, ...called(first - 1000 + index), state: 'TIME_WAIT' }))
    const brief = manyRows(20, (index): RowInput => ({ id: first + 300 + index, ...called(first + 500 + index), state: 'TIME_WAIT' }))
    const removed = look === 0 ? [] : [...ids(first - 1000, 60), ...ids(first - 900, 60)]
    seen = watch.look({ added: [...lasting, ...theirEnds, ...(look === 0 ? [] : before), ...brief], removed })
  }
  expect(seen).toMatchObject([{ key: local, process: { pid: 9 }, remote: { address: '127.0.0.1', port: 8080 } }])
  expect(figuresOf(seen[0])).toMatchObject({ 'opened-rate': 80, 'closed-rate': 80, 'mean-lifetime': 750 })
})

function restOfServer(index: number): RowInput {
  return {
    local: '127.0.0.1:8080',
    remote: `127.0.0.1:${9000 + index}`,
    state: 'TIME_WAIT',
    owner: 'server',
  }
}

test('calls within one machine that only their server’s rests tell of are not the server’s', () => {
  const listener: RowInput = { local: '127.0.0.1:8080', owner: 'server' }
  const [candidate] = run(8, 60, restOfServer, [listener]).at(-1) ?? []
  expect(candidate).toMatchObject({ key: '127.0.0.1:8080', level: 'raise', process: undefined })
  expect(candidate?.evidence).toHaveLength(60)
})

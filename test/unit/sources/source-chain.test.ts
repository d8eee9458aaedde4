import { expect, it } from 'vitest'
import type { ConnectionSource, LookOutcome, SourceFactory } from '../../../src-main/sources/source.ts'
import { SourceChain } from '../../../src-main/sources/source-chain.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'

const good: LookOutcome = { ok: true, unread: [], problems: [] }
const bad: LookOutcome = { ok: false, reason: 'EIO' }

/** A source that does what the test says, and remembers what was done to it. */
class FakeSource implements SourceFactory {
  readonly id: string
  unusable: string | undefined
  outcome: LookOutcome = good
  opened = 0
  closed = 0
  looks = 0

  constructor(id: string, unusable?: string) {
    this.id = id
    this.unusable = unusable
  }

  open(): ConnectionSource | { readonly unusable: string } {
    if (this.unusable !== undefined) return { unusable: this.unusable }
    this.opened += 1
    return {
      id: this.id,
      look: () => {
        this.looks += 1
        return this.outcome
      },
      close: () => void (this.closed += 1),
    }
  }
}

const table = new RowTable({ sessionBase: 'test' })
const passedOver = (source: string, reason: string) => ({ code: 'source-fallback', severity: 'warning', parameters: { source, reason } })

it('uses the first source that works, and leaves the others alone', () => {
  const [first, second] = [new FakeSource('first'), new FakeSource('second')]
  const chain = new SourceChain([first, second])
  expect([chain.look(table), chain.currentId, chain.problems, second.opened]).toEqual([good, 'first', [], 0])
})

it('passes over a source that cannot be used here, and says so', () => {
  const chain = new SourceChain([new FakeSource('first', 'ENOENT'), new FakeSource('second')])
  expect([chain.currentId, chain.problems]).toEqual(['second', [passedOver('first', 'ENOENT')]])
  expect(chain.look(table)).toEqual(good)
})

it('leaves a source that fails three times in a row for the next one', () => {
  const [first, second] = [new FakeSource('first'), new FakeSource('second')]
  const chain = new SourceChain([first, second])
  first.outcome = bad
  chain.look(table)
  chain.look(table)
  first.outcome = good
  chain.look(table)
  first.outcome = bad
  expect([chain.look(table), chain.look(table), chain.currentId]).toEqual([bad, bad, 'first'])
  expect([chain.look(table), chain.currentId, first.closed]).toEqual([bad, 'second', 1])
  expect(chain.problems).toEqual([passedOver('first', 'EIO')])
  expect(chain.look(table)).toEqual(good)
})

it('tells every reason when no source works, and tries all again on the next look', () => {
  const [first, second] = [new FakeSource('first', 'ENOENT'), new FakeSource('second')]
  const chain = new SourceChain([first, second])
  second.outcome = bad
  for (let look = 0; look < 3; look += 1) chain.look(table)
  expect(chain.currentId).toBeUndefined()
  expect(chain.problems).toEqual([passedOver('first', 'ENOENT'), passedOver('second', 'EIO')])
  first.unusable = 'EACCES'
  second.unusable = 'EPERM'
  expect(chain.look(table)).toEqual({ ok: false, reason: 'first: EACCES; second: EPERM' })
  first.unusable = undefined
  expect([chain.look(table), chain.currentId, chain.problems]).toEqual([good, 'first', []])
})

it('closes the source in use, once', () => {
  const source = new FakeSource('first')
  const chain = new SourceChain([source])
  chain.close()
  chain.close()
  expect(source.closed).toBe(1)
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maximumListingBytes } from '../../../src-main/sources/replay/read-listing.ts'
import { printedConnections } from '../sources/replay/listings.ts'
import { run } from './run-cli.ts'

const printed = printedConnections()
const byId = <T extends { id: string }>(connections: readonly T[]): T[] => connections.toSorted((a, b) => (a.id < b.id ? -1 : 1))
let folder: string
let saved: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockscope-listing-'))
  saved = save('saved.json', JSON.stringify(printed))
})
afterAll(() => rmSync(folder, { recursive: true }))

const save = (name: string, content: string | Buffer): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('list --from', () => {
  it('prints a saved listing again as it was, without opening the engine', async () => {
    const { exit, out, err, engine } = await run(['list', '--from', saved, '--json'])
    expect([exit, err, engine.calls]).toEqual([0, '', []])
    expect(byId(JSON.parse(out))).toEqual(byId(printed))
    const again = await run(['list', '--from', save('again.json', out), '--json'])
    expect(again.out).toBe(out)
  })

  it('loses only what the table has no place for', async () => {
    const bare = printed.at(-1)
    const unkept = { receivedBytes: 5, retransmits: 2, roundTripMs: 0, remote: { address: '0.0.0.0', port: 0 }, timer: { kind: 'none' } }
    const { out } = await run(['list', '--from', save('unkept.json', JSON.stringify([{ ...bare, ...unkept }])), '--json'])
    expect(JSON.parse(out)).toEqual([bare])
  })

  it('reads lines as well, also in the encoding of Windows PowerShell', async () => {
    const { out } = await run(['list', '--from', saved, '--ndjson'])
    const utf16 = save('utf16.ndjson', Buffer.from(`\uFEFF${out.replaceAll('\n', '\r\n')}`, 'utf16le'))
    for (const file of [save('lines.ndjson', out), utf16]) expect((await run(['list', '--from', file, '--ndjson'])).out).toBe(out)
  })

  it('reads standard input, in whatever pieces it comes, and not more than a listing can be', async () => {
    const bytes = Buffer.from(JSON.stringify(printed))
    const input = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.subarray(index * 7, index * 7 + 7))
    const { exit, out } = await run(['list', '--from', '-', '--json'], { input })
    expect([exit, byId(JSON.parse(out))]).toEqual([0, byId(printed)])
    const megabyte = Buffer.alloc(1024 * 1024, ' ')
    const { exit: tooMuch, err } = await run(['list', '--from', '-'], { input: Array.from({ length: 65 }, () => megabyte) })
    expect([tooMuch, err]).toEqual([5, '- is larger than a listing can be (64 MiB).\n'])
  })

  it('takes query, columns and sorting as usual', async () => {
    const { exit, out } = await run(['list', 'process:nginx', '--from', saved, '--columns', 'pid,state,local', '--sort', '-state'])
    expect(exit).toBe(0)
    expect(out.trimEnd().split('\n')).toEqual([
      '   PID  State        Local',
      '812 +1  LISTEN       127.0.0.1:8080',
      '   812  ESTABLISHED  127.0.0.1:8080',
    ])
  })

  it('names what it skipped and shows the rest', async () => {
    const damaged = save('damaged.ndjson', `${JSON.stringify(printed[0])}\n{"id":\n${JSON.stringify({ ...printed[1], family: 4 })}\n`)
    const { exit, out, err } = await run(['list', '--from', damaged, '--ndjson'])
    expect([exit, JSON.parse(out).id]).toEqual([0, printed[0]?.id])
    expect(err).toBe(
      'Entry 2 of the listing was skipped: it is not a connection.\nEntry 3 of the listing was skipped: its field "family" is wrong.\n',
    )
    const many = save('many.ndjson', `${JSON.stringify(printed[0])}\n${'x\n'.repeat(9)}`)
    expect((await run(['list', '--from', many])).err).toContain('4 more entries of the listing were skipped.')
  })

  it('says of an empty listing that there is nothing', async () => {
    const { exit, err } = await run(['list', '--from', save('empty.json', '[]\n')])
    expect([exit, err]).toEqual([1, 'There are no connections at all.\n'])
  })

  it('says why a file is of no use', async () => {
    const large = save('large.json', '')
    truncateSync(large, maximumListingBytes + 1)
    const reasons: [string, RegExp][] = [
      [join(folder, 'absent.json'), /^There is no file /],
      [folder, /is not a regular file\.$/m],
      [save('text.json', 'Proto  Local Address'), /is not a listing made by/],
      [save('cut.json', JSON.stringify(printed).slice(0, -1)), /is not a listing made by/],
      [large, /is larger than a listing can be/],
    ]
    for (const [file, reason] of reasons) {
      const { exit, out, err } = await run(['list', '--from', file])
      expect([exit, out]).toEqual([5, ''])
      expect(err).toMatch(reason)
    }
  })

  it.skipIf(process.platform === 'win32')('does not wait for a FIFO', async () => {
    const fifo = join(folder, 'fifo')
    execFileSync('mkfifo', [fifo])
    const { exit, err } = await run(['list', '--from', fifo])
    expect([exit, err]).toEqual([5, `${fifo} is not a regular file.\n`])
  })
})

import * as v from 'valibot'
import { contract, isCallName } from '../../../src-shared/contract/contract.ts'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { settingsSchema } from '../../../src-shared/model/settings.ts'
import {
  compileQuery,
  maximumQueryLength,
  parseQuery,
  queryErrorText,
  queryKeys,
  queryText,
  setNames,
} from '../../../src-shared/query/index.ts'
import { decodeFrame, encodeFrame } from '../../../src-shared/rpc/frame.ts'
import { replySchema, requestSchema } from '../../../src-shared/rpc/message.ts'
import { parseSettings, printSettings } from '../../../src-main/settings/settings-format.ts'
import { packChangeSet } from '../../../src-main/table/pack-change-set.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'
import { record } from '../../builders/record-builder.ts'
import { textSamples, utf8, type FuzzTarget } from '../fuzz-target.ts'
import { expectPlainData } from '../soundness.ts'

const rowsToAsk = buildMirror([
  { local: '127.0.0.1:8080', owner: 'nginx', user: 'root' },
  { local: '[fe80::1]:50000', remote: '[2001:db8::7]:443', owner: { name: 'Web Content', executable: '/usr/lib/x' }, receivedBytes: 5 },
  { protocol: 'udp', local: '10.0.0.1:53' },
])
const queryContext = { now: () => 0, mine: { userName: 'root' }, highlightOf: () => 'new' as const, serviceName: () => 'http' }
const [full, delta] = changeSets()

export const sharedTargets: readonly FuzzTarget[] = [
  {
    name: 'query',
    samples: textSamples(
      ...queryKeys.filter(({ valueKind }) => valueKind !== 'planned').map(({ example }) => example),
      setNames.map((name) => `is:${name}`).join(' OR '),
      'process:"a \\"b\\"",/z|y{2,3}[^a-c]+/i,w* (port:>1024,80,9- OR -remote:10.0.0.0/8) NOT [::1]:443 age:1.5h rx:>1MB state:fin*',
    ),
    run: (input) => examineQuery(utf8(input)),
  },
  {
    name: 'frame',
    samples: [
      frameBytes({ type: 'call', id: 1, name: 'changeSettings', input: { intervalMs: 1000, theme: 'dark' } }),
      Buffer.from('{"type":"call","id":2,"name":"getStatus"}'),
      Buffer.from('{"type":"result","id":2,"result":{"ok":false,"error":{"code":"timeout","message":"x"}}}'),
      Buffer.from('{"type":"event","name":"looked","value":{"sequence":3}}'),
    ],
    run: runFrame,
  },
  { name: 'change set', samples: [frameBytes(full), frameBytes(delta)], run: runChangeSet },
  {
    name: 'settings',
    samples: textSamples(
      printSettings(parseSettings(undefined).settings),
      '\u{feff}{"version":1,"settings":{"intervalMs":500,"highlightMs":0,"theme":"dark","language":"zh-CN","stateDialect":"ss","more":[]}}',
    ),
    run(input) {
      const { settings, reason } = parseSettings(utf8(input))
      if (!v.is(settingsSchema, settings)) throw new Error(`impossible settings ${JSON.stringify(settings)}`)
      const again = parseSettings(printSettings(settings))
      if (again.reason !== undefined) throw new Error(`own settings refused: ${again.reason} (${reason})`)
    },
  },
]

/** Any text is a query that reads back equal, or an error with a place inside the text. */
function examineQuery(text: string): void {
  const outcome = parseQuery(text)
  if (!outcome.ok) {
    const { position, length } = outcome.error
    const inside = position >= 0 && length >= 0 && position + length <= text.length
    if (!inside || !queryErrorText(outcome.error, text).includes('^')) throw new Error('an error without a place')
    return
  }
  const matches = compileQuery(outcome.query, queryContext)
  for (let slot = 0; slot < rowsToAsk.top; slot += 1) matches(rowsToAsk, slot)
  const canonical = queryText(outcome.query)
  if (canonical.length > maximumQueryLength) return
  const again = parseQuery(canonical)
  if (!again.ok || JSON.stringify(again.query) !== JSON.stringify(outcome.query)) throw new Error(`reads back as ${canonical}`)
}

/** As binary frame and as text frame, on to the checks of both ends. */
function runFrame(input: Uint8Array): void {
  for (const message of [decodeFrame(Uint8Array.from(input).buffer), decodeFrame(utf8(input))]) {
    const request = v.safeParse(requestSchema, message)
    if (request.success && isCallName(request.output.name)) v.safeParse(contract[request.output.name].input, request.output.input)
    v.safeParse(replySchema, message)
  }
}

/** A set that is refused must leave nothing behind; one that is taken must give rows that can be read. */
function runChangeSet(input: Uint8Array): void {
  const set = decodeFrame(Uint8Array.from(input).buffer) as ChangeSet | undefined
  if (typeof set?.header !== 'object' || set.header === null) return
  const mirror = new RowMirror()
  mirror.apply(full)
  const before = mirror.rowCount
  const outcome = mirror.apply(set)
  if (!outcome.ok) {
    if (mirror.rowCount !== before) throw new Error('a refused set changed the rows')
    return
  }
  for (const slot of mirror.liveSlots()) {
    if (!(slot >= 0 && slot < mirror.top)) throw new Error(`slot ${slot} of ${mirror.top}`)
    mirror.identityOf(slot)
    mirror.ownerOf(slot)
    expectPlainData(mirror.ownersOf(slot))
    mirror.stringAt(mirror.columns.user[slot] ?? 0)
  }
}

function changeSets(): [ChangeSet & { [part: string]: unknown }, ChangeSet & { [part: string]: unknown }] {
  const table = new RowTable({ sessionBase: 'fuzz' })
  const look = (...ids: readonly number[]): void => {
    table.begin(1_795_161_600_000 + table.sequence * 1000)
    for (const id of ids) table.upsert(record({ id, user: table.strings.intern(`user-${id}`, table.sequence), receivedBytes: id * 1000 }))
    table.finish()
  }
  look(1, 2, 3)
  const first = packChangeSet(table, { sequence: 0 })
  look(2, 3, 4)
  return [{ ...first }, { ...packChangeSet(table, { session: first.header.session, sequence: first.header.sequence }) }]
}

function frameBytes(message: object): Uint8Array {
  const frame = encodeFrame({ bytes: Uint8Array.of(1, 2, 3), ...message })
  return typeof frame === 'string' ? Buffer.from(frame) : frame
}

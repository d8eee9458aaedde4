/** Prints how fast typical queries run over 100,000 rows: node test/bench/query-speed.ts */
import { compileQuery, parseQuery } from '../../src-shared/query/index.ts'
import { builderTakenAt, buildMirror, type RowInput } from '../builders/mirror-builder.ts'
import { seededRandom } from '../builders/seeded-random.ts'

const rowCount = 100_000
const processCount = 400
const rounds = 9

const random = seededRandom(1)
const octet = (): number => random.below(256)
const users = ['root', 'www-data', 'ana', 'postgres']
const rows = Array.from({ length: rowCount }, (_, index): RowInput => {
  const pid = random.below(processCount)
  const v6 = index % 5 === 0
  const address = v6
    ? `[2001:db8::${(1 + random.below(65_535)).toString(16)}]`
    : `${1 + random.below(220)}.${octet()}.${octet()}.${octet()}`
  return {
    local: v6 ? `[fd00::1]:${1024 + (index % 60_000)}` : `192.168.1.20:${1024 + (index % 60_000)}`,
    ...(index % 50 === 0 ? {} : { remote: `${address}:${random.pick([443, 80, 8080, 5432, 6379])}` }),
    state: random.pick(['ESTABLISHED', 'ESTABLISHED', 'TIME_WAIT', 'CLOSE_WAIT'] as const),
    ...(index % 7 === 0 ? {} : { owner: { pid, startToken: String(pid), name: `process-${pid}`, user: random.pick(users) } }),
    user: random.pick(users),
    receivedBytes: random.below(1e7),
    firstSeenAt: builderTakenAt - random.below(1e6),
  }
})
const mirror = buildMirror(rows)
const context = {
  now: () => builderTakenAt,
  mine: { userName: 'ana' },
  serviceName: (port: number) => (port === 443 ? 'https' : undefined),
}
const queries = [
  'firefox',
  'process-12',
  '443',
  '192.168',
  '2001:db8::f',
  'estab',
  'https',
  'port:8000-8999',
  'remote:10.0.0.0/8',
  'remote:2001:db8::/32',
  'state:close_wait age:>1m',
  'user:root rx:>1MB',
  'is:public is:established -process:process-1*',
  'remote:10.*.7',
  '/^process-1\\d+$/',
  '/ssh|postgres/i',
  'is:mine OR (port:443 -is:ipv6)',
]

for (const text of queries) {
  const outcome = parseQuery(text)
  if (!outcome.ok) throw new Error(`${text}: ${outcome.error.code}`)
  const times: number[] = []
  let found = 0
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now()
    // Compiled anew each time: a key press starts with nothing remembered.
    const matches = compileQuery(outcome.query, context)
    found = 0
    for (let slot = 0; slot < mirror.top; slot += 1) if (matches(mirror, slot)) found += 1
    times.push(performance.now() - startedAt)
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!
  const worst = Math.max(...times)
  console.log(
    `${text.padEnd(46)} ${median.toFixed(1).padStart(6)} ms (worst ${worst.toFixed(1)})  ${Math.round(rowCount / median)} rows/ms  ${found} found`,
  )
}

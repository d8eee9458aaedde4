/** Attack: whoever runs an address answers PTR questions with names that drive terminals, lie, never end or never come. */
import { afterEach, describe, expect, it } from 'vitest'
import { ReverseNames } from '../../../src-main/enrich/reverse-names.ts'
import { createSystemResolver } from '../../../src-main/enrich/system-resolver.ts'
import { startDnsServer, wireName, type LoopbackServer } from './loopback-servers.ts'

const headerLength = 12
/** Type and class. */
const restOfQuestion = 4
/** The name as a pointer, type, class, time to live and length of the data: what startDnsServer sends. */
const answerBeforeData = 12

const steadyNow = (): number => performance.now()
let server: LoopbackServer | undefined
afterEach(() => server?.stop())

/** RFC 1035 section 4.1.4: a compressed name that leads back to where it stands, in the answer to the question `asked`. */
function pointerToItself(asked: string): Buffer {
  const position = headerLength + wireName(...asked.split('.')).length + restOfQuestion + answerBeforeData
  return Buffer.from([0xc0, position])
}

async function namesFrom(answer: Parameters<typeof startDnsServer>[0]): Promise<ReverseNames> {
  server = await startDnsServer(answer)
  return new ReverseNames({ steadyNow, resolve: createSystemResolver({ steadyNow, servers: [`127.0.0.1:${server.port}`] }) })
}

describe('host names by a real resolver', () => {
  it('come for both families, asked in the form that RFC 1035 and RFC 3596 say', async () => {
    const names = await namesFrom(() => [wireName('www', 'Example', 'com')])
    expect(await names.askNow('192.0.2.7')).toEqual({ host: 'www.example.com' })
    expect(await names.askNow('2001:db8::7')).toEqual({ host: 'www.example.com' })
    expect(server?.questions).toEqual(['7.2.0.192.in-addr.arpa', `7.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`])
  })
  it('that there is none is an answer, remembered', async () => {
    const names = await namesFrom(() => undefined)
    expect([await names.askNow('192.0.2.7'), await names.askNow('192.0.2.7'), server?.questions.length]).toEqual([{}, {}, 1])
  })
  it('are shown without what could act on a terminal or a page, or not at all', async () => {
    const hostile = {
      '1.2.0.192.in-addr.arpa': [wireName('\u001b[31mroot', 'example')],
      '2.2.0.192.in-addr.arpa': [wireName('\u{202e}moc', 'knab')],
      '3.2.0.192.in-addr.arpa': [wireName('127', '0', '0', '1')],
      '4.2.0.192.in-addr.arpa': [wireName('a.b', 'x\u0000y', 'example')],
      '5.2.0.192.in-addr.arpa': Array.from({ length: 20 }, (_, index) => wireName(`many${index}`, 'example')),
      '6.2.0.192.in-addr.arpa': [pointerToItself('6.2.0.192.in-addr.arpa')],
      '7.2.0.192.in-addr.arpa': [Buffer.from([63, 97])], // a label longer than what follows
    }
    const names = await namesFrom((name) => (hostile as Record<string, Buffer[]>)[name])
    const told: (string | undefined)[] = []
    for (let last = 1; last <= 7; last += 1) told.push((await names.askNow(`192.0.2.${last}`)).host)
    for (const host of told) expect(host ?? '').toMatch(/^[\x21-\x7e]{0,254}$/)
    expect(told[2]).toBeUndefined()
    expect(told[4]).toBe('many0.example')
    expect(told.slice(5)).toEqual([undefined, undefined])
  })
  it('do not hold up those after them when a resolver says nothing', { timeout: 40_000 }, async () => {
    const names = await namesFrom((name) => (name.startsWith('9.') ? 'silent' : [wireName('quick', 'example')]))
    const silent = names.askNow('192.0.2.9')
    expect(await names.askNow('192.0.2.8')).toEqual({ host: 'quick.example' })
    expect(await silent).toEqual({})
  })
})

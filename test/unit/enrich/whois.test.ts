import { describe, expect, it } from 'vitest'
import type { WhoisQuestion, WhoisReply } from '../../../src-main/enrich/ask-whois.ts'
import { referralIn, Whois } from '../../../src-main/enrich/whois.ts'

function registries(texts: Readonly<Record<string, string>>) {
  const asked: WhoisQuestion[] = []
  let nowMs = 0
  const ask = async (question: WhoisQuestion): Promise<WhoisReply> => {
    asked.push(question)
    const text = texts[question.server]
    return text === undefined ? { ok: false, problem: 'timeout' } : { ok: true, text, cut: false }
  }
  return { whois: new Whois({ ask, steadyNow: () => nowMs }), asked, advance: (ms: number) => void (nowMs += ms) }
}

describe('whois', () => {
  it('asks IANA, then the registry it names, then the one that names, and no more', async () => {
    const { whois, asked } = registries({
      'whois.iana.org': 'refer:        whois.arin.net\n\ninetnum: 8.0.0.0 - 8.255.255.255',
      'whois.arin.net': 'ReferralServer:  whois://whois.apnic.net:43',
      'whois.apnic.net': 'refer: whois.ripe.net',
      'whois.ripe.net': 'never asked',
    })
    const answer = await whois.lookUp('8.8.8.8')
    expect(answer.parts.map(({ server }) => server)).toEqual(['whois.iana.org', 'whois.arin.net', 'whois.apnic.net'])
    expect(asked.every(({ query }) => query === '8.8.8.8')).toBe(true)
  })
  it('keeps what came before the server that does not answer, and says which', async () => {
    const { whois } = registries({ 'whois.iana.org': 'refer: whois.ripe.net' })
    expect(await whois.lookUp('2001:4860:4860::8888')).toEqual({
      address: '2001:4860:4860::8888',
      parts: [{ server: 'whois.iana.org', text: 'refer: whois.ripe.net' }],
      problem: 'timeout',
      server: 'whois.ripe.net',
    })
  })
  it.each(['10.1.2.3', '127.0.0.1', 'fe80::1', '224.0.0.1', '::ffff:192.168.1.1'])('asks nobody about %s', async (address) => {
    const { whois, asked } = registries({})
    expect(await whois.lookUp(address)).toEqual({ address, parts: [], problem: 'not-public' })
    expect(asked).toEqual([])
  })
  it('remembers an answer for an hour', async () => {
    const { whois, asked, advance } = registries({ 'whois.iana.org': 'nothing known' })
    await whois.lookUp('8.8.8.8')
    await whois.lookUp('8.8.8.8')
    expect(asked.length).toBe(1)
    advance(3_600_000)
    await whois.lookUp('8.8.8.8')
    expect(asked.length).toBe(2)
  })
  it('does not keep half an answer: whoever asks once more may read it whole', async () => {
    let asked = 0
    const ask = async (): Promise<WhoisReply> => ({ ok: true, text: 'half', cut: (asked += 1) === 1 })
    const whois = new Whois({ ask, steadyNow: () => 0 })
    expect((await whois.lookUp('8.8.8.8')).parts).toEqual([{ server: 'whois.iana.org', text: 'half', cut: true }])
    expect((await whois.lookUp('8.8.8.8')).parts).toEqual([{ server: 'whois.iana.org', text: 'half' }])
    await whois.lookUp('8.8.8.8')
    expect(asked).toBe(2)
  })
  it('asks for two people at once, not for more', async () => {
    const whois = new Whois({ ask: () => new Promise<WhoisReply>(() => {}), steadyNow: () => 0 })
    void whois.lookUp('8.8.8.8')
    void whois.lookUp('8.8.4.4')
    expect(await whois.lookUp('1.1.1.1')).toMatchObject({ problem: 'busy' })
  })
  it.each([
    ['refer: localhost'],
    ['refer: 169.254.169.254'],
    ['refer: whois.evil.example'],
    ['ReferralServer: whois://whois.ripe.net:22'],
    ['refer: whois.ripe.net.evil.example'],
    ['remarks: refer: whois.ripe.net'],
    ['refer: whois.iana.org'],
  ])('does not follow "%s"', (text) => expect(referralIn(text, ['whois.iana.org'])).toBeUndefined())
})

import { describe, expect, it } from 'vitest'
import { explainConnection, type ExplainOptions } from '../../../src-shared/explain/explain-connection.ts'
import type { ExplanationPart } from '../../../src-shared/explain/connection/explanation.ts'
import { explainLanguages } from '../../../src-shared/explain/state-text.ts'
import type { KernelSettingId } from '../../../src-shared/contract/network.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { buildStory, storyNow, type StoryInput } from '../../builders/story-builder.ts'

const second = 1000
const minute = 60_000

function explain(input: StoryInput, options: Partial<ExplainOptions> = {}) {
  const told = explainConnection(buildStory(input), { platform: 'linux', settings: new Map(), language: 'en', now: storyNow, ...options })
  return {
    ...told,
    /** All that is said about a part, in one text. */
    said: (part: ExplanationPart) =>
      told.sentences
        .filter((sentence) => sentence.part === part)
        .map(({ text }) => text)
        .join(' '),
  }
}

const settings = (...entries: readonly (readonly [KernelSettingId, number])[]) => new Map(entries.map(([id, value]) => [id, [value]]))
const orphan = { owners: [], visibility: 'gone' } as const
const listener = { id: 'c0000000000000009', local: { address: '0.0.0.0', port: 80 } }

const givingUp = (options: Partial<ExplainOptions>) => explain({ state: 'SYN_SENT', ageMs: 10 }, options).said('otherwise')
const listenerAt = (address: string) => explain({ state: 'LISTEN', row: { local: { address, port: 80 } } }).said('means')
const listenerWith = (receiveQueue: number, backlog: number) => explain({ state: 'LISTEN', row: { receiveQueue, backlog } })
const repeating = (unanswered: number) => ({ sendQueue: 500, unanswered, timer: { kind: 'retransmit', expiresInMs: 1 } }) as const
const closeWaitWith = (receiveQueue: number, platform = 'linux') =>
  explain({ state: 'CLOSE_WAIT', row: { receiveQueue } }, { platform }).said('means')

const timeAgo = (agoMs: number): string => new Date(storyNow - agoMs).toISOString()
const openVerdict = (row: NonNullable<StoryInput['row']>) => explain({ state: 'ESTABLISHED', row }).verdict
const aWhileAgo = timeAgo(5 * second)

describe('the explanation of a connection', () => {
  it.each(explainLanguages)('has whole sentences for every state on every system, held and orphaned, in %s', (language) => {
    for (const state of tcpStates)
      for (const platform of ['linux', 'win32', 'darwin', 'freebsd'])
        for (const row of [
          {},
          orphan,
          { owners: [], visibility: 'not-permitted' } as const,
          { owners: [], visibility: 'kernel' } as const,
        ]) {
          const { sentences, said, verdict } = explain({ state, ageMs: 100, row, listener }, { platform, language })
          expect(['normal', 'slow', 'stuck']).toContain(verdict)
          for (const part of ['means', 'time', 'next'] as const) expect(said(part)).not.toBe('')
          for (const { text } of sentences) {
            expect(text).toMatch(/[.。]$/u)
            expect(text).not.toMatch(/undefined|NaN|null|—|^the | {2}/u)
          }
        }
  })

  it('calls no queue slow that moves: a full one is what every busy connection has', () => {
    const sending = { sendQueue: 2_000_000, timer: { kind: 'retransmit', expiresInMs: 200 } } as const
    expect(openVerdict({ ...sending, lastSentAt: timeAgo(100) })).toBe('normal')
    expect(openVerdict({ ...sending, lastSentAt: timeAgo(5000) })).toBe('slow')
    expect(openVerdict(sending)).toBe('normal')
    expect(openVerdict({ receiveQueue: 200_000, lastReceivedAt: timeAgo(100) })).toBe('normal')
    expect(openVerdict({ receiveQueue: 200_000, lastReceivedAt: timeAgo(5000) })).toBe('slow')
  })

  it('is really translated', () => {
    for (const state of tcpStates) {
      const english = explain({ state, ageMs: 5 }).sentences
      const chinese = explain({ state, ageMs: 5 }, { language: 'zh-CN' }).sentences
      expect(chinese.map(({ part }) => part)).toEqual(english.map(({ part }) => part))
      for (const { text } of english) expect(text).not.toMatch(/\p{Script=Han}/u)
      for (const { text } of chinese) expect(text.replace('Windows。', '由')).toMatch(/\p{Script=Han}/u)
    }
  })

  it('says who closed first', () => {
    const closers = {
      FIN_WAIT_1: 'This side closed first.',
      FIN_WAIT_2: 'This side closed first.',
      CLOSE_WAIT: 'The peer closed first.',
      LAST_ACK: 'The peer closed first.',
      CLOSING: 'Both sides closed at the same moment',
    } as const
    for (const [state, text] of Object.entries(closers))
      expect(explain({ state: state as keyof typeof closers }).said('closer')).toContain(text)
    for (const state of ['LISTEN', 'SYN_SENT', 'SYN_RECEIVED', 'ESTABLISHED'] as const) expect(explain({ state }).said('closer')).toBe('')
  })

  it('does not claim to know who closed first when TIME_WAIT was all it saw', () => {
    expect(explain({ state: 'TIME_WAIT' }).said('closer')).toContain('or both did at the same moment')
    expect(explain({ state: 'TIME_WAIT', path: [{ state: 'FIN_WAIT_2' }, { state: 'TIME_WAIT' }] }).said('closer')).toBe(
      'This side closed first.',
    )
    expect(explain({ state: 'TIME_WAIT', path: [{ state: 'CLOSING' }, { state: 'TIME_WAIT' }] }).said('closer')).toContain('Both sides')
  })

  it('tells how sure it is of the role', () => {
    expect(explain({ state: 'ESTABLISHED', role: { side: 'client', from: 'seen' } }).said('role')).toContain('This side called')
    expect(explain({ state: 'ESTABLISHED', role: { side: 'client', from: 'guessed' } }).said('role')).toContain('probably')
    const server = explain({ state: 'ESTABLISHED', role: { side: 'server', from: 'guessed' }, listener }).said('role')
    expect(server).toContain('probably called')
    expect(server).toContain('through 0.0.0.0:80')
    expect(explain({ state: 'ESTABLISHED' }).said('role')).toBe('')
  })

  it('says at least how long, where nobody saw the state begin', () => {
    expect(explain({ state: 'CLOSE_WAIT' }).said('time')).toContain('at least 1 minute:')
    expect(explain({ state: 'CLOSE_WAIT', ageMs: 3 * 3_600_000 }).said('time')).toContain('for 3 hours:')
  })

  it('keeps the case of program names at the beginning of a sentence', () => {
    expect(explain({ state: 'CLOSE_WAIT', ageMs: 5 }).said('next')).toBe('curl (PID 42) must close the socket.')
    expect(explain({ state: 'CLOSE_WAIT', ageMs: 5, row: { owners: [], visibility: 'pending' } }).said('next')).toBe(
      'The program here must close the socket.',
    )
    expect(explain({ state: 'CLOSE_WAIT', ageMs: 5, row: { owners: [{ pid: 7 }] } }).said('next')).toBe('PID 7 must close the socket.')
    expect(explain({ state: 'CLOSE_WAIT', row: { owners: [{ pid: 1, name: 'a' }, { pid: 2 }] } }).said('next')).toContain(
      'a (PID 1) and 1 more',
    )
  })

  it('brings the wrong advice that belongs to the state', () => {
    expect(explain({ state: 'TIME_WAIT' }).refutations).toContain('time-wait-recycle')
    expect(explain({ state: 'CLOSE_WAIT' }).refutations[0]).toBe('setting-against-close-wait')
    expect(explain({}).refutations).toEqual([])
  })
})

describe('opening', () => {
  it('calls a SYN without answer slow after a second and stuck after three', () => {
    expect(explain({ state: 'SYN_SENT', ageMs: 200 }).verdict).toBe('normal')
    expect(explain({ state: 'SYN_SENT', ageMs: 1500 }).verdict).toBe('slow')
    expect(explain({ state: 'SYN_SENT', ageMs: 3000 }).verdict).toBe('stuck')
  })

  it('says when each system gives a SYN up, with the value in force', () => {
    expect(givingUp({})).toMatch(/about 2 minutes 7 seconds \(tcp_syn_retries 6/)
    expect(givingUp({ settings: settings(['syn-retries', 2]) })).toMatch(/about 7 seconds \(tcp_syn_retries 2/)
    expect(givingUp({ settings: settings(['syn-retries', 255]) })).toContain('tcp_syn_retries 255')
    expect(givingUp({ platform: 'win32' })).toContain('about 21 seconds')
    expect(givingUp({ platform: 'darwin', settings: settings(['connect-timeout', 75_000]) })).toContain('after 1 minute 15 seconds')
    expect(givingUp({ platform: 'darwin' })).not.toContain('tcp_syn_retries')
  })

  it('counts the repeats and says when the next one is due', () => {
    const row = { unanswered: 2, timer: { kind: 'retransmit', expiresInMs: 3200 } } as const
    expect(explain({ state: 'SYN_SENT', ageMs: 4000, row }).said('note')).toBe(
      'The SYN was repeated 2 times so far; the next one is due in 3 seconds.',
    )
    expect(explain({ state: 'SYN_SENT', ageMs: 4000 }).said('note')).toBe('')
  })

  it('looks for the cause here when the other end is this machine', () => {
    const here = explain({ state: 'SYN_SENT', row: { remote: { address: '127.0.0.1', port: 80 } } })
    expect(here.said('next')).toContain('This machine itself')
  })

  it('knows a call that came from an own one (simultaneous open)', () => {
    const both = explain({ state: 'SYN_RECEIVED', path: [{ state: 'SYN_SENT' }, { state: 'SYN_RECEIVED' }] })
    expect(both.said('means')).toContain('called each other')
    expect(explain({ state: 'SYN_RECEIVED' }).said('means')).toContain('no program knows of the call yet')
    expect(explain({ state: 'SYN_RECEIVED' }).said('otherwise')).toContain(
      '5 times (tcp_synack_retries) and forgets the call after about 1 minute 3 seconds',
    )
  })

  it('tells who can reach a listener', () => {
    expect(listenerAt('0.0.0.0')).toContain('every address of this machine')
    expect(listenerAt('::')).toContain('IPv4 calls as well')
    expect(listenerAt('127.0.0.1')).toContain('Only programs of this machine')
    expect(listenerAt('::1')).toContain('Only programs of this machine')
    expect(listenerAt('192.0.2.1')).toContain('192.0.2.1 only')
  })

  it('tells how full the accept queue is', () => {
    expect(listenerWith(0, 128).said('note')).toContain('room for 128')
    expect(listenerWith(5, 128).said('note')).toContain('5 of at most 128')
    expect([listenerWith(5, 128).verdict, listenerWith(129, 128).verdict]).toEqual(['normal', 'stuck'])
    expect(listenerWith(129, 128).said('next')).toContain('curl (PID 42) must call accept()')
    expect(listenerWith(0, 0).verdict).toBe('normal')
    expect(explain({ state: 'LISTEN' }).said('note')).toBe('')
  })

  it('finds a bound socket that goes on odd after a while', () => {
    expect(explain({ state: 'BOUND', ageMs: 10 }).verdict).toBe('normal')
    expect(explain({ state: 'BOUND', ageMs: minute }).verdict).toBe('slow')
  })
})

describe('open connections', () => {
  it('call idleness normal and say that it proves nothing', () => {
    const idle = explain({
      state: 'ESTABLISHED',
      ageMs: 9 * 86_400_000,
      row: { lastReceivedAt: new Date(storyNow - 7_200_000).toISOString() },
    })
    expect(idle.verdict).toBe('normal')
    expect(idle.said('means')).toContain('nor that the other end still lives')
    expect(idle.said('note')).toContain('Data last passed 2 hours ago.')
    expect(idle.said('note')).toContain('No keepalive timer runs')
    expect(idle.said('otherwise')).toContain('without end')
  })

  it('do not doubt a peer on the same machine, nor with keepalive on, nor where timers are not told', () => {
    const row = { lastReceivedAt: new Date(storyNow - 7_200_000).toISOString() }
    const keepalive = { ...row, timer: { kind: 'keepalive', expiresInMs: 40 * minute } } as const
    expect(explain({ state: 'ESTABLISHED', row: keepalive }).said('note')).toContain('next probe is due in 40 minutes')
    expect(explain({ state: 'ESTABLISHED', row: keepalive }).said('note')).not.toContain('No keepalive')
    expect(explain({ state: 'ESTABLISHED', row: { ...row, remote: { address: '127.0.0.1', port: 1 } } }).said('note')).not.toContain(
      'No keepalive',
    )
    expect(explain({ state: 'ESTABLISHED', row }, { platform: 'win32' }).said('note')).not.toContain('No keepalive')
  })

  it('are stuck when repeats go unanswered', () => {
    expect(explain({ state: 'ESTABLISHED', row: repeating(1) }).verdict).toBe('slow')
    const gone = explain({ state: 'ESTABLISHED', row: repeating(3) })
    expect(gone.verdict).toBe('stuck')
    expect(gone.said('time')).toContain('3 repeats in a row went unanswered')
    expect(gone.said('next')).toContain('198.51.100.3:443')
    expect(gone.said('otherwise')).toContain('15 repeats (tcp_retries2)')
    expect(explain({ state: 'ESTABLISHED', row: repeating(3) }, { platform: 'win32' }).said('otherwise')).not.toContain('tcp_retries2')
  })

  it('name the program that does not read, on either side', () => {
    expect(explain({ state: 'ESTABLISHED', row: { receiveQueue: 100_000, lastReceivedAt: aWhileAgo } }).said('next')).toBe(
      'curl (PID 42) must read.',
    )
    const peer = buildStory({ state: 'ESTABLISHED', row: { owners: [{ pid: 7, name: 'sleepy' }] } }).connection
    const closedWindow = explain({ state: 'ESTABLISHED', peer, row: { sendQueue: 1, timer: { kind: 'probe' } } })
    expect(closedWindow.said('next')).toBe('sleepy (PID 7) on this machine must read.')
    expect(explain({ state: 'ESTABLISHED', row: { sendQueue: 100_000, lastSentAt: aWhileAgo } }).said('time')).toContain('100,000 bytes')
  })

  it('that nobody accepted wait for accept(), which changes no state', () => {
    const row = { owners: [], visibility: 'kernel' } as const
    const waiting = explain({ state: 'ESTABLISHED', ageMs: minute, row, listener })
    expect(waiting.verdict).toBe('stuck')
    expect(waiting.said('next')).toMatch(/0\.0\.0\.0:80 must call accept\(\)\. That changes no state/)
    expect(explain({ state: 'ESTABLISHED', ageMs: minute, row }).verdict).toBe('normal')
    const named = explain({ state: 'ESTABLISHED', ageMs: 10, row: { visibility: 'kernel' } })
    expect(named.said('next')).toBe('curl (PID 42) must call accept(). That changes no state; it only hands the connection over.')
    expect(named.said('means')).toContain('no program has accepted the connection')
  })

  it('over UDP have no state, connected or not', () => {
    const udp = explain({ row: { protocol: 'udp', receiveQueue: 2304 } })
    expect(udp.state).toBeUndefined()
    expect(udp.said('means')).toContain('tied to 198.51.100.3:443')
    expect(udp.said('note')).toContain('2,304 bytes')
    const { remote: _remote, ...connection } = buildStory({ row: { protocol: 'udp' } }).connection
    const told = explainConnection(
      { connection, takenAt: storyNow, path: [] },
      { platform: 'linux', settings: new Map(), language: 'en', now: storyNow },
    )
    expect(told.sentences.map(({ text }) => text).join(' ')).toContain('from anybody')
  })
})

describe('closing', () => {
  it('waits for the acknowledgement, and says what Linux does for an orphan', () => {
    for (const state of ['FIN_WAIT_1', 'LAST_ACK', 'CLOSING'] as const) {
      expect([100, 5 * second, 20 * second].map((ageMs) => explain({ state, ageMs }).verdict)).toEqual(['normal', 'slow', 'stuck'])
      const alone = explain({ state, ageMs: 5, row: orphan }, { settings: settings(['orphan-retries', 0]) })
      expect(alone.said('means')).toContain('No process holds it any more')
      expect(alone.said('otherwise')).toContain('8 times (tcp_orphan_retries')
      expect(explain({ state, ageMs: 5 }).said('otherwise')).toContain('tcp_retries2')
      expect(explain({ state, ageMs: 5, row: orphan }, { platform: 'darwin' }).said('otherwise')).not.toContain('tcp_')
    }
  })

  it('knows all ways out of FIN_WAIT_1', () => {
    const { said } = explain({ state: 'FIN_WAIT_1' })
    for (const state of ['FIN_WAIT_2', 'CLOSING', 'TIME_WAIT']) expect(said('moves')).toContain(state)
    expect(explain({ state: 'FIN_WAIT_1', row: { sendQueue: 1449 } }).said('means')).toContain('1,449 bytes')
    expect(explain({ state: 'FIN_WAIT_1', row: { timer: { kind: 'probe' } } }).said('next')).toContain('must read')
  })

  it('tells FIN_WAIT_2 with an owner from one without', () => {
    const owned = explain({ state: 'FIN_WAIT_2', ageMs: 2 * minute })
    expect(owned.verdict).toBe('stuck')
    expect(owned.said('means')).toContain('shutdown(SHUT_WR)')
    expect(owned.said('otherwise')).toContain('No timeout applies')
    const alone = explain(
      { state: 'FIN_WAIT_2', ageMs: 20 * second, row: { ...orphan, timer: { kind: 'time-wait', expiresInMs: 9000 } } },
      { settings: settings(['fin-timeout', 30]) },
    )
    expect(alone.verdict).toBe('normal')
    expect(alone.said('otherwise')).toBe('Linux removes it 30 seconds after the process let go (tcp_fin_timeout), in 9 seconds.')
    expect(explain({ state: 'FIN_WAIT_2' }, { platform: 'win32' }).said('means')).not.toContain('shutdown(SHUT_WR)')
  })

  it('names the program on this machine that forgets to close', () => {
    const peer = buildStory({ state: 'CLOSE_WAIT', row: { owners: [{ pid: 7, name: 'leaky' }] } }).connection
    const told = explain({ state: 'FIN_WAIT_2', ageMs: minute, peer })
    expect(told.said('next')).toBe('leaky (PID 7) on this machine must close its end.')
    expect(told.said('note')).toContain('leaky (PID 7) on this machine in CLOSE_WAIT')
  })

  it('says which end is meant where one process holds both', () => {
    const owners = [{ pid: 7, name: 'leaky', startedAt: timeAgo(minute) }]
    const closed = buildStory({ state: 'FIN_WAIT_2', row: { owners } }).connection
    const open = buildStory({ state: 'CLOSE_WAIT', row: { owners } }).connection
    const forgetful = explain({ state: 'CLOSE_WAIT', ageMs: minute, row: { owners }, peer: closed })
    expect(forgetful.said('next')).toBe('leaky (PID 7) at this end must close the socket.')
    expect(forgetful.said('means')).toContain('leaky (PID 7) at the other end has closed')
    expect(forgetful.said('note')).toContain('The same process holds the other end too, which is in FIN_WAIT_2.')
    expect(explain({ state: 'FIN_WAIT_2', ageMs: minute, row: { owners }, peer: open }).said('next')).toBe(
      'leaky (PID 7) at the other end must close its end.',
    )
    const chinese = explain({ state: 'CLOSE_WAIT', ageMs: minute, row: { owners }, peer: closed }, { language: 'zh-CN' })
    expect(chinese.said('next')).toBe('本端的 leaky（PID 7） 必须关闭套接字。')
    const later = buildStory({ state: 'FIN_WAIT_2', row: { owners: [{ pid: 7, name: 'leaky', startedAt: timeAgo(second) }] } }).connection
    expect(explain({ state: 'CLOSE_WAIT', row: { owners }, peer: later }).said('next')).toBe('leaky (PID 7) must close the socket.')
  })

  it('calls CLOSE_WAIT a leak after a minute, but not while the program still sends', () => {
    expect([100, 10 * second, minute].map((ageMs) => explain({ state: 'CLOSE_WAIT', ageMs }).verdict)).toEqual(['normal', 'slow', 'stuck'])
    expect(explain({ state: 'CLOSE_WAIT', ageMs: minute }).said('time')).toContain('descriptor leak')
    const sending = explain({ state: 'CLOSE_WAIT', ageMs: 9 * minute, row: { sendQueue: 4096 } })
    expect(sending.verdict).toBe('slow')
    expect(sending.said('note')).toContain('4,096 bytes')
    expect(explain({ state: 'CLOSE_WAIT', ageMs: minute }).said('otherwise')).toContain('No timeout and no system setting ends it')
  })

  it('reads from the queue of Linux whether the program knows of the end', () => {
    expect(closeWaitWith(0)).toContain('has read to the end of data')
    expect(closeWaitWith(1)).toContain('has not read the end of data yet')
    expect(closeWaitWith(101)).toContain('100 bytes can still be read')
    expect(closeWaitWith(101, 'darwin')).toContain('101 bytes can still be read')
    expect(closeWaitWith(0, 'darwin')).toContain('read() returns 0')
  })

  it('blames a CLOSE_WAIT nobody accepted on the listener', () => {
    const told = explain({ state: 'CLOSE_WAIT', ageMs: minute, row: { owners: [], visibility: 'kernel' }, listener })
    expect(told.said('next')).toContain('must accept() the connection and close it')
  })

  it('finds TIME_WAIT normal and says when it ends', () => {
    const told = explain({ state: 'TIME_WAIT', ageMs: 20 * second, row: { ...orphan, timer: { kind: 'time-wait', expiresInMs: 40_000 } } })
    expect([told.verdict, told.said('next')]).toEqual(['normal', 'Nobody: a timer ends it in 40 seconds.'])
    expect(told.said('time')).toContain('60 seconds, fixed in the kernel')
    expect(explain({ state: 'TIME_WAIT' }, { platform: 'win32' }).said('time')).toContain('120 seconds by default')
    expect(
      explain({ state: 'TIME_WAIT' }, { platform: 'darwin', settings: settings(['segment-lifetime', 15_000]) }).said('time'),
    ).toContain('30 seconds here')
  })

  it('lets the last owner be named where the process is gone', () => {
    const told = explain({ state: 'FIN_WAIT_1', ageMs: 5, row: { visibility: 'gone' } })
    expect(told.said('means')).toContain('curl (PID 42) has closed its direction')
    expect(told.said('means')).toContain('No process holds it any more')
  })
})

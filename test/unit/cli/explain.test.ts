/** explain of a state with its drawing and wrong advice, and of one connection. */
import { describe, expect, it } from 'vitest'
import { refutationIds } from '../../../src-shared/explain/refutation-text.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { buildStory } from '../../builders/story-builder.ts'
import { run } from './run-cli.ts'

const utf8 = { LANG: 'C.UTF-8' }

const marks = async (word: string): Promise<number> => (await run(['explain', word], { variables: utf8 })).out.split('▶ ').length - 1

describe('explain of a state', () => {
  it('marks the state in both ways where it is on both, and in one where it is on one', async () => {
    expect(await marks('ESTABLISHED')).toBe(2)
    expect(await marks('FIN_WAIT_2')).toBe(1)
    expect(await marks('LAST_ACK')).toBe(1)
  })

  it('draws both ways beside each other with what causes each step', async () => {
    const { out } = await run(['explain', 'SYN_SENT'], { variables: utf8 })
    expect(out).toContain(
      '    CLOSED                                CLOSED\n    │  connect(): SYN →                   │  listen()\n  ▶ SYN_SENT ◀',
    )
  })

  it('keeps to ASCII where the locale does not promise more, and below each other where it is narrow', async () => {
    const { out } = await run(['explain', 'SYN_SENT'])
    expect(out).toContain('    |  connect(): SYN ->                  |  listen()\n  > SYN_SENT <')
    expect(out).toMatch(/^[\n\x20-\x7e]*$/u)
    const narrow = await run(['explain', 'SYN_SENT'], { terminal: { columns: 60 }, variables: { ...utf8, NO_COLOR: '1' } })
    expect(narrow.out).toContain('    │  connect(): SYN →\n  ▶ SYN_SENT ◀\n')
  })

  it('draws the ways beside the main ones for the states that are on them', async () => {
    expect((await run(['explain', 'CLOSING'])).out).toContain('FIN_WAIT_1 -> CLOSING -> TIME_WAIT')
    expect((await run(['explain', 'BOUND'])).out).toContain('CLOSED -> BOUND -> LISTEN')
    expect((await run(['explain', 'SYN_RECEIVED'])).out).toContain('SYN_SENT -> SYN_RECEIVED -> ESTABLISHED')
    expect((await run(['explain', 'DELETE_TCB'])).out).not.toContain('CLOSED\n')
  })

  it('refutes wrong advice where one would look for it', async () => {
    const { out } = await run(['explain', 'TIME_WAIT'])
    expect(out).toMatch(/Often said, and wrong\n {2}Wrong: Thousands of TIME_WAIT rows are a leak\.\n {4}\S[\s\S]*? {4}Instead: /u)
    expect(out).toContain('Wrong: Set tcp_tw_recycle to 1.')
    expect((await run(['explain', 'CLOSED'])).out).not.toContain('Often said')
  })

  it('is JSON too, for one state and for all', async () => {
    const one = JSON.parse((await run(['explain', 'close-wait', '--json', '--lang', 'zh-CN'])).out) as Record<string, unknown>
    expect(one).toMatchObject({ language: 'zh-CN', state: 'CLOSE_WAIT', spellings: { rfc: 'CLOSE-WAIT' } })
    expect((one['wrongAdvice'] as { id: string }[]).map(({ id }) => id)).toContain('setting-against-close-wait')
    const all = JSON.parse((await run(['explain', '--json'])).out) as { state: string }[]
    expect(all.map(({ state }) => state)).toEqual([...tcpStates])
  })
})

describe('explain of a connection', () => {
  const id = 'c0000000000000001'
  const story = buildStory({
    state: 'CLOSE_WAIT',
    ageMs: 600_000,
    row: { owners: [{ pid: 7, name: 'leaky\u001b[2J' }], receiveQueue: 0 },
    path: [{ state: 'ESTABLISHED' }, { state: 'CLOSE_WAIT', since: 1_795_161_000_000 }],
    role: { side: 'server', from: 'guessed' },
  })
  const settings = { takenAt: 1, means: [], unread: [], settings: [] }
  const network = { getConnectionStory: story, getKernelSettings: settings }

  it('says what its state means here, who must act, and what was seen', async () => {
    const { exit, out, engine } = await run(['explain', id], { network })
    expect([exit, engine.inputsOf('getConnectionStory'), engine.stopped]).toEqual([0, [{ id }], true])
    expect(out).toContain('CLOSE-WAIT    192.0.2.1:40000 -> 198.51.100.3:443')
    expect(out).toContain('\nStuck\n')
    expect(out).toMatch(/Who acts next\n {2}leaky\\x1b\[2J \(PID 7\) must close the socket\./u)
    expect(out).toMatch(/Seen here\n {2}before the first look {6}ESTABLISHED\n {2}2026-11-20T07:50:00\.000Z {2}CLOSE_WAIT/u)
    expect(out).toContain('Wrong: A system setting or keepalive clears CLOSE_WAIT.')
    expect(out).not.toContain('\u001b')
  })

  it('speaks Chinese', async () => {
    const { out } = await run(['explain', id, '--lang', 'zh-CN'], { network })
    expect(out).toContain('下一步由谁行动')
    expect(out).toContain('必须关闭套接字。')
  })

  it('is JSON: the story, and the sentences with what they are about', async () => {
    const { out } = await run(['explain', id, '--json'], { network })
    const told = JSON.parse(out) as {
      explanation: { verdict: string; sentences: { part: string }[]; wrongAdvice: { id: string }[] }
      path: unknown
    }
    expect(told.path).toEqual(story.path)
    expect(told.explanation.verdict).toBe('stuck')
    expect(told.explanation.sentences[0]?.part).toBe('means')
    for (const wrong of told.explanation.wrongAdvice) expect(refutationIds).toContain(wrong.id)
  })

  it('fails with 5 when the engine does not know the call', async () => {
    const { exit, out, err } = await run(['explain', 'cffffffffffffffff'], { network: { getConnectionStory: undefined as never } })
    expect([exit, out]).toEqual([5, '']) // this engine knows no such call
    expect(err).not.toBe('')
  })

  it('takes anything else for a state', async () => {
    expect((await run(['explain', 'c123'])).exit).toBe(2)
    expect((await run(['explain', `${id}0`])).exit).toBe(2)
  })
})

import { expect, it } from 'vitest'
import { traceProblems } from '../../../src-shared/contract/trace.ts'
import { endText, explainEnding, explainStep, traceProblemText } from '../../../src-shared/explain/explain-trace.ts'
import { explainLanguages } from '../../../src-shared/explain/state-text.ts'
import { readLadder } from '../../../src-shared/trace/read-ladder.ts'
import { stepKinds, stepMarks, type TraceStep } from '../../../src-shared/trace/trace-step.ts'
import { summarise } from '../../../src-shared/trace/trace-summary.ts'
import { Conversation } from '../../builders/conversation-builder.ts'

const handshake = readLadder(new Conversation().opened().out('P', 1, 1, { data: 1234 }).in('F', 1, 1235).packets)

it('explains a handshake, data and a FIN with the states they cause', () => {
  expect(handshake.map((step) => explainStep(step, 'en').join(' '))).toEqual([
    'SYN: this end calls and names its first sequence number. This end is now SYN_SENT.',
    'SYN and ACK: the other end takes the call and names its own first sequence number. This end is now ESTABLISHED. The other end is now SYN_RECEIVED.',
    'ACK: this end confirms. The handshake is complete, data may flow both ways. The other end is now ESTABLISHED.',
    'This end sends 1,234 bytes of data.',
    'FIN: the other end closes first. It has nothing more to send, but can still receive. This end is now CLOSE_WAIT. The other end is now FIN_WAIT_1.',
  ])
  expect(explainStep(handshake[0]!, 'zh-CN')).toEqual(['SYN：本端发起连接，并告知其初始序列号。', '本端现在处于 SYN_SENT。'])
})

it('tells of a repetition or a probe instead of calling it data', () => {
  const probe = readLadder(
    new Conversation().opened().out('P', 1, 1, { data: 9 }).in('', 1, 10).out('', 9, 1, { afterMs: 7200 }).packets,
  ).at(-1)
  expect(explainStep(probe!, 'en')).toEqual([
    'A keep-alive probe: it carries nothing new and only asks whether the other end is still there.',
  ])
})

it('has words for every kind, mark, ending and problem, in every language, with every name filled in', () => {
  for (const language of explainLanguages) {
    for (const kind of stepKinds) {
      for (const mark of stepMarks) {
        const step: TraceStep = { ...handshake[0]!, kind, marks: [mark], payloadBytes: 5, duplicates: 2, acknowledgement: 7 }
        const text = explainStep(step, language).join(' ')
        expect(text).toMatch(/\S/)
        expect(text).not.toMatch(/undefined|null|—|\$\{/)
      }
    }
    for (const problem of traceProblems) {
      for (const platform of ['linux', 'darwin', 'win32']) expect(traceProblemText(problem, platform, language).text).toMatch(/[.。]$/)
    }
    expect(explainEnding(summarise(readLadder(new Conversation().out('S', 0).in('R', 0, 1).packets)), language)).toContain(
      endText('remote', language),
    )
  }
})

it('says what to type where a command would help', () => {
  expect(traceProblemText('tcpdump-missing', 'linux', 'en').commands?.[0]).toEqual({
    for: 'Debian, Ubuntu',
    command: 'sudo apt-get install tcpdump',
  })
  expect(traceProblemText('not-permitted', 'linux', 'en').commands?.[0]?.command).toContain('setcap cap_net_raw')
  expect(traceProblemText('not-permitted', 'darwin', 'en').commands?.[0]?.command).toContain('access_bpf')
  expect(traceProblemText('of-a-newer-engine' as never, 'linux', 'en')).toEqual({ text: 'of-a-newer-engine' })
})

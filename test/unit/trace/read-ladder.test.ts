import { describe, expect, it } from 'vitest'
import type { TracePacket } from '../../../src-shared/contract/trace.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import { readLadder } from '../../../src-shared/trace/read-ladder.ts'
import { summarise, type TraceSummary } from '../../../src-shared/trace/trace-summary.ts'
import { Conversation } from '../../builders/conversation-builder.ts'

function marksOf({ packets }: Conversation): string[] {
  return readLadder(packets).map(({ marks }) => marks.join(' '))
}

function summaryOf({ packets }: Conversation): TraceSummary {
  return summarise(readLadder(packets))
}

/** Kind, states of both ends and marks of each step, as one line each. */
function lines(packets: readonly TracePacket[], stateAtStart?: TcpState): string[] {
  return readLadder(packets, { stateAtStart }).map(({ from, flags, kind, states, marks }) =>
    [`${from === 'local' ? '>' : '<'} ${flags} ${kind}`, `${states.local ?? '?'} / ${states.remote ?? '?'}`, marks.join(' ')]
      .filter((part) => part !== '')
      .join(' | '),
  )
}
const check = (conversation: Conversation, expected: string[], stateAtStart?: TcpState): void =>
  expect(lines(conversation.packets, stateAtStart)).toEqual(expected)

const opened = [
  '> [S] syn | SYN_SENT / ?',
  '< [S.] syn-ack | ESTABLISHED / SYN_RECEIVED',
  '> [.] handshake-ack | ESTABLISHED / ESTABLISHED',
]

describe('the states of both ends', () => {
  it('follow the client path: called from here, closed from here first', () => {
    check(
      new Conversation().opened().out('P', 1, 1, { data: 18 }).in('', 1, 19).out('F', 19, 1).in('', 1, 20).in('F', 1, 20).out('', 20, 2),
      [
        ...opened,
        '> [P.] data | ESTABLISHED / ESTABLISHED',
        '< [.] ack | ESTABLISHED / ESTABLISHED',
        '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
        '< [.] fin-ack | FIN_WAIT_2 / CLOSE_WAIT',
        '< [F.] fin-second | TIME_WAIT / LAST_ACK',
        '> [.] fin-ack | TIME_WAIT / CLOSED',
      ],
    )
  })

  it('follow the server path: called from the other end, which also closes first', () => {
    check(new Conversation().in('S', 0).out('S', 0, 1).in('', 1, 1).in('F', 1, 1).out('', 1, 2).out('F', 1, 2).in('', 2, 2), [
      '< [S] syn | ? / SYN_SENT',
      '> [S.] syn-ack | SYN_RECEIVED / SYN_SENT',
      '< [.] handshake-ack | ESTABLISHED / ESTABLISHED',
      '< [F.] fin | CLOSE_WAIT / FIN_WAIT_1',
      '> [.] fin-ack | CLOSE_WAIT / FIN_WAIT_2',
      '> [F.] fin-second | LAST_ACK / FIN_WAIT_2',
      '< [.] fin-ack | CLOSED / TIME_WAIT',
    ])
  })

  it('close in three segments when the second FIN carries the acknowledgement', () => {
    check(new Conversation().opened().out('F', 1, 1).in('F', 1, 2).out('', 2, 2), [
      ...opened,
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
      '< [F.] fin-second | TIME_WAIT / LAST_ACK',
      '> [.] fin-ack | TIME_WAIT / CLOSED',
    ])
    check(new Conversation().opened().in('F', 1, 1).out('F', 1, 2).in('', 2, 2), [
      ...opened,
      '< [F.] fin | CLOSE_WAIT / FIN_WAIT_1',
      '> [F.] fin-second | LAST_ACK / FIN_WAIT_2',
      '< [.] fin-ack | CLOSED / TIME_WAIT',
    ])
  })

  it('open simultaneously through SYN_RECEIVED on both sides', () => {
    check(new Conversation().out('S', 0).in('S', 0).out('S', 0, 1).in('S', 0, 1).in('P', 1, 1, { data: 3 }).out('', 1, 4), [
      '> [S] syn | SYN_SENT / ?',
      '< [S] syn-crossing | SYN_RECEIVED / SYN_SENT',
      '> [S.] syn-ack | SYN_RECEIVED / SYN_SENT',
      '< [S.] syn-ack | ESTABLISHED / SYN_RECEIVED',
      '< [P.] data | ESTABLISHED / ESTABLISHED',
      '> [.] ack | ESTABLISHED / ESTABLISHED',
    ])
  })

  it('close simultaneously through CLOSING', () => {
    check(new Conversation().opened().out('F', 1, 1).in('F', 1, 1).out('', 2, 2).in('', 2, 2), [
      ...opened,
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
      '< [F.] fin-crossing | CLOSING / FIN_WAIT_1',
      '> [.] fin-ack | CLOSING / TIME_WAIT',
      '< [.] fin-ack | TIME_WAIT / TIME_WAIT',
    ])
  })

  it('stay half closed while the other end goes on sending', () => {
    check(new Conversation().opened().out('F', 1, 1).in('', 1, 2).in('P', 1, 2, { data: 5 }).out('', 2, 6).in('F', 6, 2).out('', 2, 7), [
      ...opened,
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
      '< [.] fin-ack | FIN_WAIT_2 / CLOSE_WAIT',
      '< [P.] data | FIN_WAIT_2 / CLOSE_WAIT',
      '> [.] ack | FIN_WAIT_2 / CLOSE_WAIT',
      '< [F.] fin-second | TIME_WAIT / LAST_ACK',
      '> [.] fin-ack | TIME_WAIT / CLOSED',
    ])
  })

  it('end at once with a reset: refused, by either end, after a half close, and with a lost row behind it', () => {
    check(new Conversation().out('S', 0).in('R', 0, 1), ['> [S] syn | SYN_SENT / ?', '< [R.] refused | CLOSED / CLOSED'])
    check(new Conversation().opened().out('R', 1, 1), [...opened, '> [R.] reset | CLOSED / CLOSED'])
    check(new Conversation().opened().in('R', 1), [...opened, '< [R] reset | CLOSED / CLOSED'])
    check(new Conversation().opened().out('F', 1, 1).in('', 1, 2).in('R', 1, 2), [
      ...opened,
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
      '< [.] fin-ack | FIN_WAIT_2 / CLOSE_WAIT',
      '< [R.] reset | CLOSED / CLOSED',
    ])
  })

  it('do not obey a reset whose number is not expected, nor one that does not acknowledge the SYN', () => {
    check(new Conversation().opened().in('R', 5000), [...opened, '< [R] reset | ESTABLISHED / CLOSED | reset-outside'])
    check(new Conversation().out('S', 0).in('R', 0), ['> [S] syn | SYN_SENT / ?', '< [R] reset | SYN_SENT / CLOSED | reset-outside'])
    check(new Conversation().out('S', 0).in('R', 0, 77), ['> [S] syn | SYN_SENT / ?', '< [R.] reset | SYN_SENT / CLOSED | reset-outside'])
  })

  it('take a reset before the handshake was complete', () => {
    check(new Conversation().in('S', 0).out('S', 0, 1).in('R', 1), [
      '< [S] syn | ? / SYN_SENT',
      '> [S.] syn-ack | SYN_RECEIVED / SYN_SENT',
      '< [R] reset | CLOSED / CLOSED',
    ])
  })

  it('go back when a repetition shows that the answer was lost', () => {
    check(new Conversation().opened().in('S', 0, 1, { afterMs: 1000 }), [
      ...opened,
      '< [S.] syn-ack | ESTABLISHED / SYN_RECEIVED | spurious-retransmission',
    ])
    check(new Conversation().opened().out('F', 1, 1).in('F', 1, 2).out('', 2, 2).in('F', 1, 2, { afterMs: 300 }).out('', 2, 2), [
      ...opened,
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
      '< [F.] fin-second | TIME_WAIT / LAST_ACK',
      '> [.] fin-ack | TIME_WAIT / CLOSED',
      '< [F.] fin-second | TIME_WAIT / LAST_ACK | spurious-retransmission',
      '> [.] fin-ack | TIME_WAIT / CLOSED',
    ])
  })

  it('keep FIN_WAIT_1 while an unanswered FIN goes out again and again', () => {
    check(new Conversation().opened().out('F', 1, 1).out('F', 1, 1, { afterMs: 200 }).out('F', 1, 1, { afterMs: 400 }), [
      ...opened,
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED',
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED | retransmission',
      '> [F.] fin | FIN_WAIT_1 / ESTABLISHED | retransmission',
    ])
  })

  it('wait with a FIN that overtook data until the data came', () => {
    check(new Conversation().opened().in('F', 101, 1).in('P', 1, 1, { data: 100, afterMs: 1 }).out('', 1, 102), [
      ...opened,
      '< [F.] fin | ESTABLISHED / FIN_WAIT_1 | gap',
      '< [P.] data | CLOSE_WAIT / FIN_WAIT_1 | out-of-order',
      '> [.] fin-ack | CLOSE_WAIT / FIN_WAIT_2',
    ])
  })

  it('are unknown in the middle of a conversation until the row tells them', () => {
    const middle = new Conversation().out('P', 500, 900, { data: 10 }).in('', 900, 510)
    check(middle, ['> [P.] data | ? / ?', '< [.] ack | ? / ?'])
    check(middle, ['> [P.] data | ESTABLISHED / ?', '< [.] ack | ESTABLISHED / ESTABLISHED'], 'ESTABLISHED')
    check(
      new Conversation().out('F', 500, 900).in('', 900, 501),
      ['> [F.] fin | LAST_ACK / FIN_WAIT_2', '< [.] fin-ack | CLOSED / TIME_WAIT'],
      'CLOSE_WAIT',
    )
    check(
      new Conversation().in('F', 900, 501).out('', 501, 901),
      ['< [F.] fin | TIME_WAIT / LAST_ACK', '> [.] fin-ack | TIME_WAIT / CLOSED'],
      'FIN_WAIT_2',
    )
    check(new Conversation().in('F', 900, 501), ['< [F.] fin | CLOSE_WAIT / FIN_WAIT_1'])
  })

  it('begin anew with a SYN on the same ports', () => {
    const packets = [
      ...new Conversation().out('R', 5, 5).packets,
      ...new Conversation({ local: 77_000_000, remote: 88_000_000 }).opened().packets,
    ]
    expect(lines(packets, 'ESTABLISHED')).toEqual([
      '> [R.] reset | CLOSED / CLOSED',
      '> [S] syn | SYN_SENT / ? | new-conversation',
      ...opened.slice(1),
    ])
  })
})

describe('what is remarkable', () => {
  it('a SYN that is repeated, and nobody answers', () => {
    const steps = new Conversation().out('S', 0).out('S', 0, undefined, { afterMs: 1000 }).out('S', 0, undefined, { afterMs: 2000 })
    check(steps, ['> [S] syn | SYN_SENT / ?', '> [S] syn | SYN_SENT / ? | retransmission', '> [S] syn | SYN_SENT / ? | retransmission'])
    expect(summarise(readLadder(steps.packets))).toMatchObject({ opener: 'local', ending: 'no-answer' })
  })

  it('data sent again: after its time, after duplicate acknowledgements, and without need', () => {
    const timedOut = new Conversation().opened().out('P', 1, 1, { data: 100 }).out('P', 1, 1, { data: 100, afterMs: 300 })
    expect(marksOf(timedOut).slice(3)).toEqual(['', 'retransmission'])
    const fast = new Conversation().opened()
    for (let sent = 0; sent < 5; sent += 1) fast.out('', 1 + sent * 100, 1, { data: 100, afterMs: 0 })
    fast.in('', 1, 101)
    for (let repeated = 0; repeated < 3; repeated += 1) fast.in('', 1, 101, { afterMs: 1 })
    fast.out('', 101, 1, { data: 100, afterMs: 1 })
    expect(marksOf(fast).slice(8)).toEqual(['', 'duplicate-ack', 'duplicate-ack', 'duplicate-ack', 'fast-retransmission'])
    expect(readLadder(fast.packets)[11]?.duplicates).toBe(3)
    const spurious = new Conversation().opened().out('P', 1, 1, { data: 100 }).in('', 1, 101).out('P', 1, 1, { data: 100 })
    expect(marksOf(spurious).slice(3)).toEqual(['', '', 'spurious-retransmission'])
  })

  it('one duplicate acknowledgement with SACK is enough for a fast repetition, and D-SACK tells that it was not needed', () => {
    const conversation = new Conversation()
      .opened()
      .out('', 1, 1, { data: 100 })
      .out('', 101, 1, { data: 100, afterMs: 0 })
      .in('', 1, 1, { more: { selectiveAcks: [[1_000_101, 1_000_201]] } })
      .out('', 1, 1, { data: 100, afterMs: 1 })
      .in('', 1, 201, { more: { selectiveAcks: [[1_000_001, 1_000_101]] } })
    const steps = readLadder(conversation.packets)
    expect(steps.slice(3).map(({ marks }) => marks.join(' '))).toEqual(['', '', 'duplicate-ack', 'fast-retransmission', 'duplicate-sack'])
    expect(steps[5]?.selectiveAcks).toEqual([[101, 201]])
  })

  it('segments that overtake each other, and one that came too late for that', () => {
    expect(overtaken(2)).toEqual(['gap', 'out-of-order'])
    expect(overtaken(400)).toEqual(['gap', 'retransmission'])
  })

  it('probes of a silent peer and of a closed window, and their answers', () => {
    const alive = new Conversation().opened().out('P', 1, 1, { data: 9 }).in('', 1, 10).out('', 9, 1, { afterMs: 7200 }).in('', 1, 10)
    expect(
      readLadder(alive.packets)
        .slice(4)
        .map(({ marks }) => marks),
    ).toEqual([[], ['keep-alive'], ['keep-alive-ack']])
    const full = new Conversation()
      .opened()
      .out('P', 1, 1, { data: 9 })
      .in('', 1, 10, { window: 0 })
      .out('', 9, 1, { afterMs: 200 })
      .in('', 1, 10, { window: 0 })
      .in('', 1, 10, { window: 500, afterMs: 900 })
    expect(
      readLadder(full.packets)
        .slice(4)
        .map(({ marks }) => marks),
    ).toEqual([['zero-window'], ['zero-window-probe'], ['keep-alive-ack', 'zero-window'], ['window-update']])
    expect(summarise(readLadder(full.packets)).zeroWindows).toBe(2)
  })

  it('no gap when the first packet seen is a probe, which lies one number behind', () => {
    const steps = readLadder(
      new Conversation().out('', 500, 900).in('', 900, 501).out('', 500, 900, { afterMs: 1000 }).in('', 900, 501).packets,
    )
    expect(steps.map(({ marks }) => marks)).toEqual([[], [], ['keep-alive'], ['keep-alive-ack']])
  })

  it('an acknowledgement of what the capture missed', () => {
    const steps = readLadder(new Conversation().opened().in('', 1, 4000).packets)
    expect(steps.at(-1)?.marks).toEqual(['unseen-acknowledged'])
  })
})

describe('the numbers', () => {
  it('are relative, count SYN and FIN, and go on past the end of the space', () => {
    const steps = readLadder(
      new Conversation({ local: 0xffff_fffa, remote: 0xffff_ffff })
        .opened()
        .out('P', 1, 1, { data: 100 })
        .in('', 1, 101)
        .in('P', 1, 101, { data: 50 })
        .out('F', 101, 51)
        .in('F', 51, 102)
        .out('', 102, 52).packets,
    )
    expect(steps.map(({ sequence, acknowledgement }) => [sequence.from, sequence.to, acknowledgement])).toEqual([
      [0, 1, undefined],
      [0, 1, 1],
      [1, 1, 1],
      [1, 101, 1],
      [1, 1, 101],
      [1, 51, 101],
      [101, 102, 51],
      [51, 52, 102],
      [102, 102, 52],
    ])
    expect(steps.flatMap(({ marks }) => marks)).toEqual([])
  })

  it('go round more than once in a long transfer', () => {
    const conversation = new Conversation().opened()
    const piece = 0x3000_0000
    for (let sent = 0; sent < 12; sent += 1) conversation.out('', 1 + sent * piece, 1, { data: piece }).in('', 1, 1 + (sent + 1) * piece)
    const last = readLadder(conversation.packets).at(-1)
    expect(last).toMatchObject({ acknowledgement: 1 + 12 * piece, marks: [] })
  })

  it('show the window scaled once both ends offered scaling, never in a SYN, and as it is without', () => {
    expect(scaled(7, 2)).toEqual([
      [64_000, true],
      [65_000, true],
      [1280, true],
      [80, true],
    ])
    expect(scaled(7, undefined)).toEqual([
      [64_000, true],
      [65_000, true],
      [10, true],
      [20, true],
    ])
    expect(readLadder(new Conversation().out('P', 5, 5, { data: 1 }).packets)[0]).toMatchObject({ window: 1000, windowScaled: false })
  })

  it('tell the time since the first packet and since the one before', () => {
    const steps = readLadder(new Conversation().out('S', 0).in('S', 0, 1, { afterMs: 25 }).out('', 1, 1, { afterMs: 5 }).packets)
    expect(steps.map(({ atMs, sinceLastMs }) => [atMs, sinceLastMs])).toEqual([
      [0, 0],
      [25, 25],
      [30, 5],
    ])
  })
})

describe('the summary', () => {
  it('tells who opened and closed, the round trip, and what was sent again', () => {
    const conversation = new Conversation()
      .out('S', 0)
      .in('S', 0, 1, { afterMs: 40 })
      .out('', 1, 1, { afterMs: 1 })
      .out('P', 1, 1, { data: 100 })
      .out('P', 1, 1, { data: 100, afterMs: 300 })
      .in('', 1, 101)
      .in('F', 1, 101)
      .out('F', 101, 2)
      .in('', 2, 102)
    expect(summaryOf(conversation)).toEqual({
      conversations: 1,
      opener: 'local',
      firstCloser: 'remote',
      ending: 'closed',
      roundTripMs: 40,
      durationMs: 391,
      out: { packets: 5, payloadBytes: 200, segments: 4, retransmitted: 1 },
      in: { packets: 4, payloadBytes: 0, segments: 2, retransmitted: 0 },
      duplicateAcks: 0,
      outOfOrder: 0,
      zeroWindows: 0,
    })
  })

  it('tells why it ended', () => {
    expect(summarise([])).toMatchObject({ ending: 'nothing', conversations: 0 })
    expect(summaryOf(new Conversation().opened())).toMatchObject({ ending: 'open' })
    expect(summaryOf(new Conversation().opened().out('F', 1, 1))).toMatchObject({ ending: 'half-closed', firstCloser: 'local' })
    expect(summaryOf(new Conversation().out('S', 0).in('R', 0, 1))).toMatchObject({ ending: 'refused', resetBy: 'remote' })
    expect(summaryOf(new Conversation().opened().out('R', 1, 1))).toMatchObject({ ending: 'reset', resetBy: 'local' })
    expect(summaryOf(new Conversation().opened().in('R', 9999))).toMatchObject({ ending: 'open' })
    expect(summaryOf(new Conversation().opened().out('F', 1, 1).in('F', 1, 1).out('', 2, 2).in('', 2, 2))).toMatchObject({
      ending: 'closed',
      firstCloser: 'both',
    })
  })

  it('measures no round trip from a SYN that was repeated, and takes it from the SYN/ACK when called', () => {
    expect(summaryOf(new Conversation().out('S', 0).out('S', 0, undefined, { afterMs: 1000 }).in('S', 0, 1)).roundTripMs).toBeUndefined()
    expect(summaryOf(new Conversation().in('S', 0).out('S', 0, 1, { afterMs: 1 }).in('', 1, 1, { afterMs: 33 })).roundTripMs).toBe(33)
  })
})

function overtaken(afterMs: number): string[] {
  return readLadder(new Conversation().opened().in('', 101, 1, { data: 100 }).in('', 1, 1, { data: 100, afterMs }).packets).flatMap(
    (step) => step.marks,
  )
}

function scaled(local: number | undefined, remote: number | undefined): (readonly [number, boolean])[] {
  return readLadder(
    new Conversation()
      .out('S', 0, undefined, { window: 64_000, more: local === undefined ? {} : { windowScale: local } })
      .in('S', 0, 1, { window: 65_000, more: remote === undefined ? {} : { windowScale: remote } })
      .out('', 1, 1, { window: 10 })
      .in('', 1, 1, { window: 20 }).packets,
  ).map(({ window, windowScaled }) => [window, windowScaled] as const)
}

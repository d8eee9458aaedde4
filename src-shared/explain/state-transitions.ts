import type { TcpState } from '../model/tcp-state.ts'
import type { ExplainLanguage } from './state-text.ts'

export type TransitionCause =
  | 'bind'
  | 'listen'
  | 'connect'
  | 'syn-arrives'
  | 'syn-ack-arrives'
  | 'simultaneous-open'
  | 'final-ack-arrives'
  | 'refused-or-timeout'
  | 'reset-of-passive-open'
  | 'close-first'
  | 'close-early'
  | 'fin-arrives'
  | 'fin-acknowledged'
  | 'fins-cross'
  | 'fin-with-ack'
  | 'close-second'
  | 'timer'
  | 'orphan-timeout'
  | 'reset'
  | 'close'
  | 'removed'

export interface StateTransition {
  readonly from: TcpState
  readonly to: TcpState
  readonly cause: TransitionCause
}

const step = (from: TcpState, to: TcpState, cause: TransitionCause): StateTransition => ({ from, to, cause })

/**
 * RFC 9293 figure 5 and its section 3.10.7 (a reset ends every synchronised state), plus what sockets add: BOUND and give-up timers.
 * LISTEN to SYN_SENT is left out: the socket interface has no call for it.
 */
export const stateTransitions: readonly StateTransition[] = [
  step('CLOSED', 'BOUND', 'bind'),
  step('CLOSED', 'LISTEN', 'listen'),
  step('CLOSED', 'SYN_SENT', 'connect'),
  step('BOUND', 'LISTEN', 'listen'),
  step('BOUND', 'SYN_SENT', 'connect'),
  step('BOUND', 'CLOSED', 'close'),
  step('LISTEN', 'SYN_RECEIVED', 'syn-arrives'),
  step('LISTEN', 'CLOSED', 'close'),
  step('SYN_SENT', 'ESTABLISHED', 'syn-ack-arrives'),
  step('SYN_SENT', 'SYN_RECEIVED', 'simultaneous-open'),
  step('SYN_SENT', 'CLOSED', 'refused-or-timeout'),
  step('SYN_RECEIVED', 'ESTABLISHED', 'final-ack-arrives'),
  step('SYN_RECEIVED', 'LISTEN', 'reset-of-passive-open'),
  step('SYN_RECEIVED', 'FIN_WAIT_1', 'close-early'),
  step('SYN_RECEIVED', 'CLOSED', 'refused-or-timeout'),
  step('ESTABLISHED', 'FIN_WAIT_1', 'close-first'),
  step('ESTABLISHED', 'CLOSE_WAIT', 'fin-arrives'),
  step('ESTABLISHED', 'CLOSED', 'reset'),
  step('FIN_WAIT_1', 'FIN_WAIT_2', 'fin-acknowledged'),
  step('FIN_WAIT_1', 'CLOSING', 'fins-cross'),
  step('FIN_WAIT_1', 'TIME_WAIT', 'fin-with-ack'),
  step('FIN_WAIT_1', 'CLOSED', 'reset'),
  step('FIN_WAIT_2', 'TIME_WAIT', 'fin-arrives'),
  step('FIN_WAIT_2', 'CLOSED', 'orphan-timeout'),
  step('FIN_WAIT_2', 'CLOSED', 'reset'),
  step('CLOSE_WAIT', 'LAST_ACK', 'close-second'),
  step('CLOSE_WAIT', 'CLOSED', 'reset'),
  step('CLOSING', 'TIME_WAIT', 'fin-acknowledged'),
  step('CLOSING', 'CLOSED', 'reset'),
  step('LAST_ACK', 'CLOSED', 'fin-acknowledged'),
  step('LAST_ACK', 'CLOSED', 'reset'),
  step('TIME_WAIT', 'CLOSED', 'timer'),
  step('TIME_WAIT', 'CLOSED', 'reset'),
  step('DELETE_TCB', 'CLOSED', 'removed'),
]

const causeTexts: Record<ExplainLanguage, Record<TransitionCause, string>> = {
  en: {
    bind: 'the program calls bind()',
    listen: 'the program calls listen()',
    connect: 'the program calls connect(): SYN goes out',
    'syn-arrives': 'a SYN arrives; the new connection gets its own row, the listener stays',
    'syn-ack-arrives': 'SYN+ACK arrives, ACK goes out',
    'simultaneous-open': 'a SYN arrives instead of an answer: both called each other',
    'final-ack-arrives': 'the final ACK arrives; accept() changes no state',
    'refused-or-timeout': 'reset by the peer, no answer in time, or closed',
    'reset-of-passive-open': 'RST arrives: the half-open connection is dropped, the listener goes on',
    'close-first': 'our program closes or shuts down sending: FIN goes out',
    'close-early': 'our program closes before the handshake is complete',
    'fin-arrives': "the peer's FIN arrives",
    'fin-acknowledged': 'our FIN is acknowledged',
    'fins-cross': "the peer's FIN arrives before the ACK of ours",
    'fin-with-ack': "one segment brings the ACK of our FIN and the peer's FIN",
    'close-second': 'our program closes: FIN goes out',
    timer: 'the timer of 2 MSL runs out (Linux: 60 s, fixed)',
    'orphan-timeout': 'no process holds it any more and the timeout has passed (tcp_fin_timeout on Linux)',
    reset: 'RST arrives or is sent, as "close connection" does; also when the system gives up repeating',
    close: 'the program closes the socket',
    removed: 'Windows has finished the removal',
  },
  'zh-CN': {
    bind: '程序调用 bind()',
    listen: '程序调用 listen()',
    connect: '程序调用 connect()：发出 SYN',
    'syn-arrives': '收到 SYN；新连接另起一行，监听行保留',
    'syn-ack-arrives': '收到 SYN+ACK，发出 ACK',
    'simultaneous-open': '收到的是 SYN 而非应答：双方同时互相发起连接',
    'final-ack-arrives': '收到最后的 ACK；accept() 不改变状态',
    'refused-or-timeout': '被对端重置、超时无应答，或被关闭',
    'reset-of-passive-open': '收到 RST：丢弃半开连接，监听继续',
    'close-first': '我们的程序关闭或停止发送：发出 FIN',
    'close-early': '握手完成之前我们的程序就关闭了',
    'fin-arrives': '收到对端的 FIN',
    'fin-acknowledged': '我们的 FIN 得到确认',
    'fins-cross': '对端的 FIN 先于对我们 FIN 的确认到达',
    'fin-with-ack': '同一个报文段带来对我们 FIN 的确认和对端的 FIN',
    'close-second': '我们的程序关闭：发出 FIN',
    timer: '2 MSL 定时器到期（Linux 固定为 60 秒）',
    'orphan-timeout': '已没有进程持有它，且超时已过（Linux 上为 tcp_fin_timeout）',
    reset: '收到或发出 RST，“关闭连接”就是这样做的；系统放弃重传时也会如此',
    close: '程序关闭套接字',
    removed: 'Windows 已完成移除',
  },
}

export function transitionCauseText(cause: TransitionCause, language: ExplainLanguage): string {
  return causeTexts[language][cause]
}

/** What makes a step happen: the socket calls of our program, the segment that arrives, the segment that goes out, or a timer. */
export interface CauseFacts {
  /** Any one of them. On Windows they are called closesocket() and shutdown(SD_SEND). */
  readonly calls?: readonly string[]
  readonly arrives?: string
  readonly sends?: string
  readonly timer?: true
}

const closing = ['close()', 'shutdown(SHUT_WR)'] as const

export const causeFacts: Readonly<Record<TransitionCause, CauseFacts>> = {
  bind: { calls: ['bind()'] },
  listen: { calls: ['listen()'] },
  connect: { calls: ['connect()'], sends: 'SYN' },
  'syn-arrives': { arrives: 'SYN', sends: 'SYN+ACK' },
  'syn-ack-arrives': { arrives: 'SYN+ACK', sends: 'ACK' },
  'simultaneous-open': { arrives: 'SYN', sends: 'SYN+ACK' },
  'final-ack-arrives': { arrives: 'ACK' },
  'refused-or-timeout': { calls: ['close()'], arrives: 'RST', timer: true },
  'reset-of-passive-open': { arrives: 'RST' },
  'close-first': { calls: closing, sends: 'FIN' },
  'close-early': { calls: closing, sends: 'FIN' },
  'fin-arrives': { arrives: 'FIN', sends: 'ACK' },
  'fin-acknowledged': { arrives: 'ACK' },
  'fins-cross': { arrives: 'FIN', sends: 'ACK' },
  'fin-with-ack': { arrives: 'FIN+ACK', sends: 'ACK' },
  'close-second': { calls: closing, sends: 'FIN' },
  timer: { timer: true },
  'orphan-timeout': { timer: true },
  reset: { calls: ['close() + SO_LINGER 0'], arrives: 'RST', sends: 'RST', timer: true },
  close: { calls: ['close()'] },
  removed: {},
}

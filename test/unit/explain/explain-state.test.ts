import { describe, expect, it } from 'vitest'
import { explainState, stateSummary } from '../../../src-shared/explain/explain-state.ts'
import { pathOfStep, statePaths } from '../../../src-shared/explain/state-paths.ts'
import { causeFacts, stateTransitions } from '../../../src-shared/explain/state-transitions.ts'
import { explainLanguages } from '../../../src-shared/explain/state-text.ts'
import { parseState } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'

const wholeText = (state: TcpState, language: (typeof explainLanguages)[number]): string => JSON.stringify(explainState(state, language))

describe('explanations of TCP states', () => {
  it.each(explainLanguages)('say everything about every state in %s', (language) => {
    for (const state of tcpStates) {
      const { summary, meaning, nextActor, normalFor, problemWhen, causeAndCure } = explainState(state, language)
      for (const text of [summary, meaning, nextActor, normalFor, problemWhen, causeAndCure]) expect(text).toMatch(/[.。]$/)
      expect(stateSummary(state, language)).toBe(summary)
      expect(summary.length).toBeLessThanOrEqual(80)
    }
  })

  it('are really translated', () => {
    for (const state of tcpStates) {
      expect(explainState(state, 'zh-CN').meaning).toMatch(/\p{Script=Han}/u)
      expect(wholeText(state, 'en')).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it('never repeat advice that is wrong', () => {
    for (const language of explainLanguages) {
      for (const state of tcpStates) {
        const text = wholeText(state, language)
        expect(text).not.toContain('tw_recycle')
        expect(text).not.toContain('—')
        expect(text.includes('tcp_syncookies')).toBe(state === 'SYN_RECEIVED')
      }
      expect(explainState('TIME_WAIT', language).causeAndCure).toMatch(/tcp_fin_timeout (does not|不会)/)
      expect(explainState('FIN_WAIT_2', language).normalFor).toContain('tcp_fin_timeout')
    }
  })

  it('know the normal paths of client and server, and both closes at once', () => {
    const paths: TcpState[][] = [
      ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT', 'CLOSED'],
      ['CLOSED', 'LISTEN', 'SYN_RECEIVED', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
      ['FIN_WAIT_1', 'CLOSING', 'TIME_WAIT'],
      ['SYN_SENT', 'SYN_RECEIVED', 'ESTABLISHED'],
    ]
    for (const path of paths) {
      for (let index = 1; index < path.length; index += 1) {
        const [from, to] = [path[index - 1]!, path[index]!]
        expect(explainState(from, 'en').goesTo.map(({ state }) => state)).toContain(to)
        expect(explainState(to, 'en').comesFrom.map(({ state }) => state)).toContain(from)
      }
    }
  })

  it('let a reset end every synchronised state (RFC 9293 section 3.10.7.4), and SYN_RECEIVED return to LISTEN', () => {
    const synchronised: TcpState[] = ['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT']
    for (const state of synchronised) expect(stateTransitions).toContainEqual({ from: state, to: 'CLOSED', cause: 'reset' })
    expect(stateTransitions).toContainEqual({ from: 'SYN_RECEIVED', to: 'LISTEN', cause: 'reset-of-passive-open' })
    expect(stateTransitions).toContainEqual({ from: 'SYN_RECEIVED', to: 'FIN_WAIT_1', cause: 'close-early' })
    expect(stateTransitions).toContainEqual({ from: 'FIN_WAIT_1', to: 'TIME_WAIT', cause: 'fin-with-ack' })
  })

  it('know for each step of the normal paths why it happens', () => {
    for (const side of ['client', 'server'] as const) {
      expect(statePaths[side].at(-1)).toEqual({ state: 'CLOSED' })
      for (const [index, { state, leaving }] of statePaths[side].slice(0, -1).entries()) {
        const to = statePaths[side][index + 1]!.state
        expect(stateTransitions).toContainEqual({ from: state, to, cause: leaving })
        expect(pathOfStep(state, to)).toBe(side)
      }
    }
    expect(pathOfStep('FIN_WAIT_1', 'CLOSING')).toBeUndefined()
  })

  it('name accept() as the cause of no step', () => {
    expect(Object.values(causeFacts).flatMap(({ calls }) => calls ?? [])).not.toContain('accept()')
  })

  it('give every state a way out, and every one but Windows own a way in', () => {
    for (const state of tcpStates) {
      const { comesFrom, goesTo } = explainState(state, 'en')
      expect(goesTo.length).toBeGreaterThan(0)
      expect(comesFrom.length > 0).toBe(state !== 'DELETE_TCB')
    }
  })

  it('spell each state in ways that lead back to it', () => {
    for (const state of tcpStates) {
      const { rfc, ss, netstatLinux, netstatWindows, macos } = explainState(state, 'en').spellings
      const words = [rfc, ss, netstatLinux, netstatWindows, ...(state === 'BOUND' ? [] : [macos])] // macOS shows BOUND as CLOSED
      for (const word of words.filter((known) => known !== undefined)) expect(parseState(word)).toBe(state)
    }
  })

  it('have the numbers of /proc/net/tcp and of the Windows MIB', () => {
    const procNumbers = tcpStates.map((state) => explainState(state, 'en').spellings.procNet)
    expect(procNumbers.slice(0, 11)).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09', '0A', '0B'])
    const windowsNumbers = tcpStates.flatMap((state) => explainState(state, 'en').spellings.windowsNumber ?? [])
    expect(windowsNumbers.toSorted((first, second) => first - second)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })
})

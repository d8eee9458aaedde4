/** The drawing tells the truth: every arrow is a step that exists, and no step of RFC 9293 figure 5 is missing. */
import { describe, expect, it } from 'vitest'
import { colourOf, contrast, styleSheet, tokensOf } from '../../builders/css-colours.ts'
import { machineEdges, machineNodes, machineSize, nodeSize } from '../../../src-renderer/features/state-machine/machine-layout.ts'
import { walk } from '../../../src-renderer/features/state-machine/machine-walk.ts'
import { inDialect } from '../../../src-renderer/view/state-words.ts'
import { stateTransitions } from '../../../src-shared/explain/state-transitions.ts'
import { stateWord } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'

const machine = { nodes: machineNodes, edges: machineEdges }
const walked = (from: string, ...keys: readonly string[]): string => keys.reduce((at, key) => walk(machine, at, key) ?? at, from)

/** Down so many times to an arrow, then along it; again from where it leads. */
const follow = (from: string, ...choices: readonly number[]): string =>
  choices.reduce((at, downs) => walked(walked(at, ...Array<string>(downs).fill('ArrowDown')), 'ArrowRight'), from)
const windows = (text: string): string => inDialect(text, (state) => stateWord(state, 'windows'))

describe('the drawn machine', () => {
  it('has the eleven states of the standard and no other, CLOSED at both ends', () => {
    expect(new Set(machineNodes.map(({ state }) => state))).toEqual(
      new Set(tcpStates.filter((state) => state !== 'BOUND' && state !== 'DELETE_TCB')),
    )
    expect(machineNodes.filter(({ state }) => state === 'CLOSED').map(({ id }) => id)).toEqual(['CLOSED', 'CLOSED-end'])
  })

  it('has every step of RFC 9293 figure 5 that sockets can take, each with its cause', () => {
    const drawn = new Set(machineEdges.map(({ from, to }) => `${from} ${to}`))
    const figure5: (readonly [TcpState, TcpState])[] = [
      ['CLOSED', 'LISTEN'],
      ['CLOSED', 'SYN_SENT'],
      ['LISTEN', 'SYN_RECEIVED'],
      ['LISTEN', 'CLOSED'],
      ['SYN_SENT', 'SYN_RECEIVED'],
      ['SYN_SENT', 'ESTABLISHED'],
      ['SYN_SENT', 'CLOSED'],
      ['SYN_RECEIVED', 'LISTEN'],
      ['SYN_RECEIVED', 'ESTABLISHED'],
      ['SYN_RECEIVED', 'FIN_WAIT_1'],
      ['ESTABLISHED', 'FIN_WAIT_1'],
      ['ESTABLISHED', 'CLOSE_WAIT'],
      ['FIN_WAIT_1', 'FIN_WAIT_2'],
      ['FIN_WAIT_1', 'CLOSING'],
      ['FIN_WAIT_1', 'TIME_WAIT'],
      ['FIN_WAIT_2', 'TIME_WAIT'],
      ['CLOSE_WAIT', 'LAST_ACK'],
      ['CLOSING', 'TIME_WAIT'],
      ['LAST_ACK', 'CLOSED'],
      ['TIME_WAIT', 'CLOSED'],
    ]
    expect(drawn).toEqual(new Set(figure5.map(([from, to]) => `${from} ${to}`)))
    for (const { from, to, causes } of machineEdges) {
      expect(causes.length).toBeGreaterThan(0)
      for (const cause of causes) expect(stateTransitions).toContainEqual({ from, to, cause })
    }
  })

  it('has arrows that stand out from every ground it is on (WCAG 2.2, 1.4.11)', () => {
    const tokens = tokensOf(styleSheet('styles/tokens.css'))
    for (const theme of ['light', 'dark'] as const)
      for (const way of ['client', 'server', 'other'])
        for (const ground of ['--surface', '--surface-bar'])
          expect(contrast(colourOf(tokens.get(`--path-${way}`) ?? '', theme), colourOf(tokens.get(ground) ?? '', theme))).toBeGreaterThan(3)
  })

  it('keeps states apart and inside the picture', () => {
    for (const [index, node] of machineNodes.entries()) {
      expect(node.x - nodeSize.width / 2).toBeGreaterThanOrEqual(0)
      expect(node.x + nodeSize.width / 2).toBeLessThanOrEqual(machineSize.width)
      for (const other of machineNodes.slice(index + 1))
        expect(Math.abs(node.x - other.x) >= nodeSize.width || Math.abs(node.y - other.y) >= nodeSize.height).toBe(true)
    }
  })

  it('can be walked along the whole way of the caller with Down and Right', () => {
    expect(follow('CLOSED', 1)).toBe('SYN_SENT')
    expect(follow('SYN_SENT', 3)).toBe('ESTABLISHED')
    expect(follow('ESTABLISHED', 1, 1, 1)).toBe('TIME_WAIT')
    expect(follow('TIME_WAIT', 1)).toBe('CLOSED-end')
  })

  it('goes round with Left and Right, back from an arrow with Left, and leaves other keys alone', () => {
    expect(walked('CLOSED', 'ArrowLeft')).toBe('CLOSED-end')
    expect(walked('CLOSED-end', 'ArrowRight')).toBe('CLOSED')
    expect(walked('ESTABLISHED', 'ArrowDown', 'ArrowDown', 'ArrowLeft')).toBe('ESTABLISHED')
    expect(walked('ESTABLISHED', 'ArrowDown')).toBe('ESTABLISHED-FIN_WAIT_1')
    expect(walked('ESTABLISHED', 'ArrowUp')).toBe('ESTABLISHED-CLOSE_WAIT')
    expect(walked('CLOSING', 'End', 'Home')).toBe('CLOSED')
    expect(walk(machine, 'LISTEN', 'x')).toBeUndefined()
    expect(walk(machine, 'LISTEN-CLOSED', 'Tab')).toBeUndefined()
  })
})

describe('states within sentences', () => {
  it('are written in the spelling of the reader, and nothing else is touched', () => {
    expect(windows('LISTEN leads to SYN_RECEIVED; a RST to FIN_WAIT_1, not SHUT_WR.')).toBe(
      'LISTENING leads to SYN_RECEIVED; a RST to FIN_WAIT_1, not SHUT_WR.',
    )
    expect(inDialect('SYN_RECEIVED and FIN_WAIT_2', (state) => stateWord(state, 'ss'))).toBe('SYN-RECV and FIN-WAIT-2')
    expect(inDialect('listen() and Closed', () => '!')).toBe('listen() and Closed')
  })
})

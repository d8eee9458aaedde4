import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { stateClass } from '../../../src-renderer/view/state-class.ts'

const style = (path: string): string => readFileSync(new URL(`../../../src-renderer/${path}`, import.meta.url), 'utf8')

describe('the class of a state', () => {
  it('is one per state, and one for rows without any', () => {
    expect(new Set([undefined, ...tcpStates].map(stateClass)).size).toBe(tcpStates.length + 1)
    expect([stateClass('FIN_WAIT_1'), stateClass(undefined)]).toEqual(['state-fin-wait-1', 'state-none'])
  })

  it.each(tcpStates)('gives %s the same two colours in the table and in the legend', (state) => {
    const name = stateClass(state)
    const colours = `{\n  background: var(--${name}-bg);\n  color: var(--${name}-fg);\n}`
    expect(style('features/connection-table/connection-table.css')).toContain(`.state-pill.${name} ${colours}`)
    expect(style('features/state-legend/state-legend.css')).toContain(`\n.${name} ${colours}`)
    for (const end of ['bg', 'fg']) expect(style('styles/states.css')).toContain(`--${name}-${end}: light-dark(`)
  })
})

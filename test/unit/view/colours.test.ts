/** Colours carry meaning here: every text has to be readable on its ground, and no two states may look the same. */
import { describe, expect, it } from 'vitest'
import { stateSymbol } from '../../../src-renderer/features/state-legend/state-symbols.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { seenDistance, visions, type Vision } from '../../builders/colour-vision.ts'
import { colourOf, contrast, styleSheet, tokensOf, type Theme } from '../../builders/css-colours.ts'

const tokens = new Map([...tokensOf(styleSheet('styles/tokens.css')), ...tokensOf(styleSheet('styles/states.css'))])
const themes: readonly Theme[] = ['light', 'dark']
const colour = (name: string, theme: Theme) => colourOf(tokens.get(name) ?? `missing ${name}`, theme)
const kebab = (state: string): string => state.toLowerCase().replaceAll('_', '-')
/** What WCAG 2.2 asks of text of this size. */
const enough = 4.5

function tooWeak(pairs: readonly (readonly [text: string, ground: string])[]): string[] {
  return themes.flatMap((theme) =>
    pairs.flatMap(([text, ground]) => {
      const ratio = contrast(colour(text, theme), colour(ground, theme))
      return ratio >= enough ? [] : [`${theme}: ${text} on ${ground} has ${ratio.toFixed(2)}`]
    }),
  )
}

describe('the measure', () => {
  it('is that of WCAG', () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21)
    expect(contrast(colourOf('#777777', 'light'), [1, 1, 1])).toBeCloseTo(4.48, 2)
    // The value of CSS Color 4 for the sRGB colour lime.
    expect(colourOf('oklch(0.86644 0.294827 142.4953)', 'light').map((part) => Number(part.toFixed(2)))).toEqual([0, 1, 0])
  })
})

/** Pairs that look more alike than `least` to somebody. */
function tooAlike(names: readonly string[], least: Readonly<Record<Vision, number>>): string[] {
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const))
  return themes.flatMap((theme) =>
    visions.flatMap((vision) =>
      pairs.flatMap(([one, other]) => {
        const distance = seenDistance(colour(one, theme), colour(other, theme), vision)
        return distance >= least[vision] ? [] : [`${theme}, ${vision}: ${one} and ${other} are ${distance.toFixed(1)} apart`]
      }),
    ),
  )
}

function seenApart(one: string, other: string): Readonly<Record<Vision, number>> {
  const seen = visions.map((vision) => [vision, seenDistance(colourOf(one, 'light'), colourOf(other, 'light'), vision)] as const)
  return Object.fromEntries(seen) as Record<Vision, number>
}

describe('the simulation of other eyes', () => {
  it('leaves grey as it is, and takes red and green from those who cannot tell them apart', () => {
    for (const vision of visions) expect(seenDistance([0, 0, 0], [1, 1, 1], vision)).toBeCloseTo(100, 1)
    const redGreen = seenApart('#c0504d', '#6f8f3f')
    expect(redGreen.usual).toBeGreaterThan(20)
    expect(redGreen.protanopia).toBeLessThan(redGreen.usual * 0.7)
    expect(redGreen.deuteranopia).toBeLessThan(redGreen.usual * 0.7)
    expect(redGreen.tritanopia).toBeGreaterThan(redGreen.usual * 0.7)
    const blueGreen = seenApart('#3f7fbf', '#3f9f7f')
    expect(blueGreen.tritanopia).toBeLessThan(blueGreen.usual * 0.7)
    expect(blueGreen.deuteranopia).toBeGreaterThan(blueGreen.usual * 0.7)
  })
})

describe('for eyes that lack a kind of cones', () => {
  it('the states that are seen most keep apart, beside their symbols', () => {
    const most = ['ESTABLISHED', 'LISTEN', 'CLOSE_WAIT', 'TIME_WAIT', 'SYN_SENT'].map((state) => `--state-${kebab(state)}-bg`)
    expect(tooAlike(most, { usual: 5, protanopia: 5, deuteranopia: 5, tritanopia: 4 })).toEqual([])
  })

  it('rows that are new, changed, closed, selected or none of these keep apart, beside their signs', () => {
    const grounds = ['--surface', '--row-new', '--row-changed', '--row-closed', '--row-selected']
    // Tritanopia is ten thousand times rarer; selected rows have a bar besides.
    expect(tooAlike(grounds, { usual: 7, protanopia: 5, deuteranopia: 5, tritanopia: 3 })).toEqual([])
  })

  it('a closed row grows visibly fainter, and stays visible', () => {
    const least = { usual: 3.8, protanopia: 3.8, deuteranopia: 3.8, tritanopia: 3.8 }
    expect([...tooAlike(['--row-closed', '--row-leaving'], least), ...tooAlike(['--surface', '--row-leaving'], least)]).toEqual([])
  })

  it('the lines of charts keep apart, beside their dashes', () => {
    const lines = [1, 2, 3, 4].map((line) => `--chart-${line}`)
    expect(tooAlike(lines, { usual: 15, protanopia: 10, deuteranopia: 10, tritanopia: 7.5 })).toEqual([])
  })

  it('the paths of the state machine keep apart, beside their dashes', () => {
    const paths = ['client', 'server', 'other'].map((path) => `--path-${path}`)
    expect(tooAlike(paths, { usual: 10, protanopia: 10, deuteranopia: 10, tritanopia: 7.5 })).toEqual([])
  })
})

describe('every state', () => {
  it('has words that can be read on its colour, light and dark', () => {
    expect(tooWeak(tcpStates.map(kebab).map((state) => [`--state-${state}-fg`, `--state-${state}-bg`]))).toEqual([])
  })

  it('has a pair of colours and a symbol that no other state has', () => {
    for (const theme of themes) {
      const pairs = tcpStates.map((state) =>
        colour(`--state-${kebab(state)}-bg`, theme)
          .map((part) => part.toFixed(3))
          .join(' '),
      )
      expect(new Set(pairs).size).toBe(tcpStates.length)
    }
    expect(new Set([undefined, ...tcpStates].map((state) => stateSymbol(state))).size).toBe(tcpStates.length + 1)
  })

  it.each(['features/connection-table/connection-table.css', 'features/state-legend/state-legend.css'])(
    'wears its colours in %s',
    (path) => {
      const sheet = styleSheet(path).replaceAll(/\s+/gu, ' ')
      const bare = tcpStates.map(kebab).filter((state) => {
        const rule = new RegExp(
          `\\.state-${state} \\{ background: var\\(--state-${state}-bg\\); color: var\\(--state-${state}-fg\\); \\}`,
          'u',
        )
        return !rule.test(sheet)
      })
      expect(bare).toEqual([])
    },
  )
})

describe('text', () => {
  it('can be read on every colour a row can have', () => {
    expect(
      tooWeak(['--surface', '--row-new', '--row-changed', '--row-closed', '--row-selected'].map((ground) => ['--text', ground])),
    ).toEqual([])
  })

  it('can be read on the grounds of bars, buttons, notes and tooltips', () => {
    expect(
      tooWeak([
        ['--text', '--surface-raised'],
        ['--text', '--surface-bar'],
        ['--text', '--surface-hover'],
        ['--text-muted', '--surface'],
        ['--text-muted', '--row-leaving'],
        ['--text-muted', '--surface-raised'],
        ['--text-muted', '--surface-bar'],
        ['--text-muted', '--surface-hover'],
        ['--accent', '--surface-bar'],
        ['--accent', '--surface'],
        ['--danger', '--accent-soft'],
        ['--chart-2', '--surface'],
        ['--chart-3', '--surface'],
        ['--accent-text', '--accent-soft'],
        ['--accent-text', '--surface-raised'],
        ['--accent-text', '--surface-bar'],
        ['--text-muted', '--accent-soft'],
        ['--on-accent', '--accent-strong'],
        ['--on-accent', '--accent-hover'],
        ['--on-accent', '--danger-strong'],
        ['--on-accent', '--danger-hover'],
        ['--danger', '--surface-raised'],
        ['--danger', '--surface-bar'],
        ['--warning-text', '--warning-soft'],
        ['--warning-text', '--surface-bar'],
        ['--warning-text', '--surface-raised'],
        ['--warning-text', '--surface-hover'],
        ['--danger', '--surface-hover'],
        ['--on-tooltip', '--tooltip'],
      ]),
    ).toEqual([])
  })
})

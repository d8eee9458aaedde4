/** `npm run lab`, as a person starts it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, type TestContext } from 'vitest'
import { explainState } from '../../../src-shared/explain/explain-state.ts'
import { openLab } from '../network/lab.ts'
import { scenarios } from '../scenarios/index.ts'
import { recipeNamed, stateRecipes } from '../states/recipes.ts'
import { labTexts } from './lab-texts.ts'
import { LiveScreen } from './live-screen.ts'

const lab = await openLab()
const unavailable = 'unavailable' in lab ? lab.unavailable : undefined
if (!('unavailable' in lab)) lab.close()
const needsLab = ({ skip }: TestContext): void => skip(unavailable !== undefined, unavailable)

describe('npm run lab', () => {
  it('without a name lists every state and every scenario', async () => {
    const { code, out } = await run()
    expect(code).toBe(0)
    for (const { name } of [...stateRecipes, ...scenarios]) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
  })

  it('has one meaning for a name', () => {
    const names = [...stateRecipes, ...scenarios].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([
    ['fin-wait-9', labTexts.en.didYouMean('fin-wait-1')],
    ['listen --for soon', '--for: soon'],
    ['listen --lang fr', '--lang: en, zh-CN'],
    ['listen --what', '--what'],
  ])('says what is wrong with "%s"', async (line, complaint) => {
    const { code, out, error } = await run(...line.split(' '))
    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(complaint)
  })

  it('holds a state: what was done, what it means, and its rows', async (context) => {
    needsLab(context)
    const { code, out, error } = await run('FIN_WAIT_2', '--for', '2.5', '--ipv6')
    expect(code).toBe(0)
    for (const { text } of recipeNamed('fin-wait-2').steps) expect(withoutBreaks(out)).toContain(withoutBreaks(text.en))
    expect(withoutBreaks(out)).toContain(withoutBreaks(explainState('FIN_WAIT_2', 'en').meaning))
    expect(out).toMatch(/^> client +FIN-WAIT-2 .*\[fd00:231::c:1\]:\d+ +\[fd00:231::a:1\]:7001 +lab-client/m)
    expect(out).toMatch(/^ {2}server +CLOSE-WAIT .*lab-server/m)
    expect(error).toContain(labTexts.en.removed)
  })

  it('speaks Chinese', async (context) => {
    needsLab(context)
    const { code, out } = await run('syn-sent', '--for', '1.5', '--lang', 'zh-CN')
    expect(code).toBe(0)
    expect(out).toContain(labTexts['zh-CN'].done)
    expect(out).toContain(explainState('SYN_SENT', 'zh-CN').summary)
    expect(out).toMatch(/^> 客户端 +SYN-SENT/m)
  })

  it('holds a scenario until a signal comes, and removes everything', async (context) => {
    needsLab(context)
    const { title, name } = scenarios[0]!
    const { code, out } = await run(name, { untilPrinted: labTexts.en.untilStopped })
    expect(code).toBe(0)
    expect(out).toContain(title)
  })
})

describe('the screen', () => {
  it('draws over what it drew before on a terminal, as far as its height goes', () => {
    const over = '\u001b[2F\u001b[J'
    expect(drawnOn(true)).toBe(`${drawn('one\ntwo\n')}${over}${drawn('uno\ntwo\n')}${over}said\n${drawn('due\n')}`)
  })

  it('elsewhere writes what is news', () => {
    expect(drawnOn(false)).toBe('one\ntwo\nthree\nsaid\ndue\n')
  })
})

function drawnOn(isTerminal: boolean): string {
  let written = ''
  const stream = { write: (text: string) => void (written += text), drained: async () => {}, isTerminal, columns: undefined }
  const screen = new LiveScreen(stream, () => 3)
  screen.draw(['one', 'two', 'three'], 'a')
  screen.draw(['uno', 'two', 'three'], 'a')
  screen.note('said')
  screen.draw(['due'], 'b')
  return written
}

const drawn = (text: string): string => `\u001b[?7l${text}\u001b[?7h`

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

async function run(...words: readonly (string | { readonly untilPrinted: string })[]): Promise<Outcome> {
  const args = words.filter((word) => typeof word === 'string')
  const until = words.find((word) => typeof word !== 'string')?.untilPrinted
  const script = fileURLToPath(new URL('../run.ts', import.meta.url))
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
  })
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    if (until !== undefined && out.includes(until)) child.kill('SIGTERM')
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text))
  const [code] = (await once(child, 'close')) as [number | null]
  expect(namespacesOf(child.pid!)).toEqual([])
  return { code, out, error }
}

function namespacesOf(pid: number): string[] {
  return existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(`sockscope-lab-${pid}-`)) : []
}

const withoutBreaks = (text: string): string => text.replaceAll(/\s+/g, ' ')

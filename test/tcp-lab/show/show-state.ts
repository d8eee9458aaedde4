/** Holds one state on screen: how it came about, what it means, and its rows as Sockscope sees them. */
import { durationText } from '../../../src-shared/explain/findings/finding-values.ts'
import { runCli } from '../../../src-main/cli/index.ts'
import type { Family } from '../network/pair.ts'
import { Bench, openStage } from '../states/bench.ts'
import type { StateRecipe } from '../states/state-recipe.ts'
import { labTableLines, newsOf, type LabRow } from './lab-table.ts'
import { labTexts } from './lab-texts.ts'
import { noteSteps, noteWhereToLook, untilOver, type ShowContext } from './show-context.ts'

const sides = ['server', 'client'] as const
/** A look may come before the kernel has made the row; one that stays away this long is gone. */
const looksUntilGone = 3

export async function showState(context: ShowContext, recipe: StateRecipe, family: Family): Promise<void> {
  const { screen, language, environment } = context
  const texts = labTexts[language]
  const stage = await openStage(context.lab)
  const engines = { server: await stage.pair.server.engine(), client: await stage.pair.client.engine() }

  let index = 1
  let bench = await build()
  let heldSince = environment.now()
  let looksWithout = 0
  let wasSeen = false
  noteSteps(
    context,
    recipe.steps.map(({ text }) => text[language]),
  )
  noteWhereToLook(context, [stage.pair.server, stage.pair.client])
  await runCli(['explain', recipe.state, '--lang', language], environment)
  screen.note('', texts.untilStopped, '')
  await untilOver(context, look)

  async function build(): Promise<Bench> {
    const next = new Bench(stage, family, index)
    for (const step of recipe.steps) {
      // Who had a socket is known afterwards only if somebody looked while it was had.
      for (const side of sides) await engines[side].look()
      await step.do(next)
    }
    return next
  }

  async function look(): Promise<void> {
    const rows: LabRow[] = []
    for (const side of sides) {
      const { connections } = await engines[side].look()
      const held = recipe.side === side ? bench.rowIn(connections, side) : undefined
      const { port } = bench.server
      const ours = connections.filter(({ local, remote }) => local.port === port || remote?.port === port)
      rows.push(...ours.map((connection) => ({ connection, side, isHeld: held?.id === connection.id && held.state === recipe.state })))
    }
    const isThere = rows.some(({ isHeld }) => isHeld)
    wasSeen ||= isThere
    looksWithout = isThere ? 0 : looksWithout + 1
    if (looksWithout === looksUntilGone && !wasSeen) screen.note(texts.notShown)
    if (wasSeen && looksWithout === looksUntilGone && index < stage.pair.addresses) await buildAgain()
    const surroundings = { stream: environment.stdout, variables: environment.variables, language, now: environment.now() }
    screen.draw(labTableLines(rows, surroundings), newsOf(rows))
  }

  /** No state lasts for ever; the kernel's timers end most of them. */
  async function buildAgain(): Promise<void> {
    screen.note(texts.rebuilt(durationText(environment.now() - heldSince, language)))
    index += 1
    bench = await build()
    heldSince = environment.now()
    looksWithout = 0
  }
}

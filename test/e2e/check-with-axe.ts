/** axe-core in the page: what a machine can see of WCAG 2 A and AA, and of what its makers call best practice. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

interface AxeWindow {
  readonly axe: { run(context: string, options: RunOptions): Promise<AxeResults> }
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  rules: {
    // Experimental in axe-core, and therefore off: names that start unlike what is seen break voice control (WCAG 2.5.3).
    'label-content-name-mismatch': { enabled: true },
  },
}

/**
 * One line for each element that breaks a rule: the rule, the element, and what is wrong with it. `within` is for dialogs and menus,
 * which hold the keyboard: what lies behind is hidden from readers of the screen then, without landmarks and out of reach of Tab.
 */
export async function violationsIn(page: Page, within = 'html'): Promise<string[]> {
  // Through the protocol, which the content security policy of the page does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const { violations } = await page.evaluate(([context, wanted]) => (window as unknown as AxeWindow).axe.run(context, wanted), [
    within,
    options,
  ] as const)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/gu, ' ')}`),
  )
}

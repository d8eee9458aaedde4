/** A person finds a leak, looks at its rows, tells others and cures it; mostly with the keyboard. */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

const leaked = 8

describe('the diagnosis of a program that does not close its connections', () => {
  let app: WebApp
  let leak: OwnProcess
  beforeAll(async () => {
    app = await startWebApp()
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    leak = await startOwnProcess('leak', String(leaked))
  })
  afterAll(async () => {
    await leak.stop()
    await app.stop()
  })

  const tab = (): Locator => app.page.getByRole('navigation').getByRole('button', { name: /^Diagnosis/ })
  /** Other programs of this machine may have findings of their own. */
  const finding = (list: 'Findings now' | 'Lately over'): Locator =>
    app.page
      .getByRole('list', { name: list })
      .getByRole('article')
      .filter({ hasText: `[${leak.pid}] does not close` })
  const setThreshold = async (name: string, value: string): Promise<void> => {
    const field = app.page.getByRole('dialog').getByRole('textbox', { name })
    await field.fill(value)
    await field.press('Enter')
  }

  it('speaks up at thresholds that were set in the settings, with a badge on the tab', async () => {
    await app.page.getByRole('navigation').getByRole('button', { name: 'Connections' }).focus()
    // Processes, listening ports and remote hosts stand before it.
    for (let step = 0; step < 4; step += 1) await app.page.keyboard.press('ArrowRight')
    await app.page.keyboard.press('Enter')
    await app.page.getByRole('button', { name: 'Thresholds…' }).press('Enter')
    await setThreshold('CLOSE_WAIT: connections', String(leaked))
    await setThreshold('CLOSE_WAIT: age', '1')
    await app.page.getByRole('dialog').getByText('2 changed').waitFor()
    await app.page.keyboard.press('Escape')
    await finding('Findings now').waitFor()
    expect(await tab().getAttribute('aria-label')).toMatch(/^Diagnosis: \d+ findings?, at worst: \w+$/)
    expect(await tab().innerText()).toMatch(/\d/)
  })

  it('opens by key to what it means, what to do and what proves it', async () => {
    const toggle = finding('Findings now').getByRole('heading').getByRole('button')
    await toggle.focus()
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await app.page.keyboard.press('Enter')
    await finding('Findings now').getByText('What to do now').waitFor()
    const rows = finding('Findings now').getByRole('button', { name: new RegExp(`CLOSE-WAIT.*:${leak.port} → `) })
    await expect.poll(() => rows.count()).toBe(leaked)
    await finding('Findings now')
      .getByRole('button', { name: /more commands/ })
      .click()
    expect(await finding('Findings now').getByText(`kill ${leak.pid}`, { exact: true }).count()).toBe(1)
  })

  it('shows exactly its rows in the table, and all of them again', async () => {
    await finding('Findings now').getByRole('button', { name: 'Show the rows' }).press('Enter')
    const chip = app.page.getByRole('group', { name: 'Rows of a finding' })
    await chip.getByText(`(${leaked} rows)`).waitFor()
    await expect.poll(() => app.rows().count()).toBe(leaked)
    expect(await app.rows('CLOSE-WAIT', String(leak.pid)).count()).toBe(leaked)
    await chip.getByRole('button', { name: 'Show all rows again' }).click()
    await expect.poll(() => app.rows().count()).toBeGreaterThan(leaked)
  })

  it('leads from one of its rows to that row in the table', async () => {
    await tab().click()
    const row = finding('Findings now')
      .getByRole('button', { name: /CLOSE-WAIT/ })
      .first()
    const port = /:(\d+)\D*$/.exec((await row.locator('.ends').innerText()).trim())?.[1] ?? 'no port'
    await row.press('Enter')
    await app.page.locator('[role=row][aria-selected=true]').filter({ hasText: port }).waitFor()
    expect(await app.page.getByRole('grid').evaluate((grid) => document.activeElement === grid)).toBe(true)
  })

  it('is copied as a report', async () => {
    await app.page.getByRole('button', { name: 'Open the finding' }).click()
    await finding('Findings now').getByRole('button', { name: 'Copy report' }).click()
    await app.page.getByText('Copied.').waitFor()
    const report = await app.page.evaluate(() => navigator.clipboard.readText())
    expect(report).toContain('# Network diagnosis by Sockscope')
    expect(report).toContain(`127.0.0.1:${leak.port}`)
  })

  it('is over after its process was ended through the dialog', async () => {
    await finding('Findings now')
      .getByRole('button', { name: new RegExp(`^End .*\\[${leak.pid}\\]`) })
      .press('Enter')
    const dialog = app.page.getByRole('dialog')
    await dialog.getByText(String(leak.pid)).first().waitFor()
    await dialog.getByRole('button', { name: 'End process' }).click()
    expect(await leak.ended).toBe('SIGTERM')
    await dialog.locator('.footer').getByRole('button', { name: 'Close' }).click()
    await finding('Lately over').waitFor()
    expect(await finding('Findings now').count()).toBe(0)
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})

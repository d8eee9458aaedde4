/** Ending a process with its children: what began since is asked about, and stopping tells what has happened. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { violationsIn } from './check-with-axe.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

const fixture = fileURLToPath(new URL('fixtures/family.mjs', import.meta.url))

interface Family {
  readonly pid: number
  readonly port: number
  /** The pid of a child that begins now. */
  addChild(): Promise<number>
  /** It was asked politely, and stays. */
  readonly asked: () => Promise<unknown>
  stop(): void
}

async function startFamily(): Promise<Family> {
  const parent = spawn(process.execPath, [fixture], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(parent.stdout)[Symbol.asyncIterator]()
  const next = async <Line>(): Promise<Line> => JSON.parse(String((await lines.next()).value)) as Line
  const { pid, port } = await next<{ pid: number; port: number }>()
  const children: number[] = []
  const addChild = async (): Promise<number> => {
    parent.stdin.write('child\n')
    const { child } = await next<{ child: number }>()
    children.push(child)
    return child
  }
  const stop = (): void => {
    parent.kill('SIGKILL')
    for (const child of children) if (isAlive(child)) process.kill(child, 'SIGKILL')
  }
  return { pid, port, addChild, asked: next, stop }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

let app: WebApp
let family: Family
beforeAll(async () => {
  app = await startWebApp()
})
beforeEach(async () => {
  family = await startFamily()
})
afterEach(() => family.stop())
afterAll(() => app.stop())

it('lists a child that began since before anything ends; Escape then stops, tells of what was ended, and spares the children', async () => {
  const children = [await family.addChild()]
  await app.search(`lport:${family.port}`)
  await app.rows('LISTEN').click()
  await app.page.keyboard.press('Delete')
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'End their child processes too' }).check()
  await dialog.getByText(`${children[0]}`, { exact: true }).waitFor()
  children.push(await family.addChild())
  await dialog.getByRole('button', { name: 'End 2 processes' }).press('Enter')
  await dialog.getByRole('alert').filter({ hasText: 'More child processes have begun' }).waitFor()
  await dialog.getByText(`${children[1]}`, { exact: true }).waitFor()
  expect([isAlive(family.pid), ...(await violationsIn(app.page, '[role=dialog]'))]).toEqual([true])

  await dialog.getByRole('button', { name: 'End 3 processes' }).press('Enter')
  await dialog.getByRole('button', { name: 'Stop' }).waitFor()
  const hasKeyboard = (): Promise<boolean> => dialog.evaluate((element) => element.contains(document.activeElement))
  expect([await dialog.getByRole('checkbox').count(), await hasKeyboard()]).toEqual([0, true])
  // A stop before that leaves all of them alone, and a later one comes after KILL: nothing slow is in between.
  expect(await family.asked()).toEqual({ asked: 'TERM' })
  await app.page.keyboard.press('Escape')
  await dialog.getByText('Stopped. The rest was left alone.').waitFor()
  await dialog.getByText('ended by KILL').waitFor()
  await expect.poll(hasKeyboard).toBe(true)
  expect([isAlive(family.pid), ...children.map(isAlive)]).toEqual([false, true, true])
  expect(await violationsIn(app.page, '[role=dialog]')).toEqual([])
  await app.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(app.pageErrors).toEqual([])
})

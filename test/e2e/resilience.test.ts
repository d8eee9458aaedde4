import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** The engine is the host's only child that is a node process. */
function enginePid(hostPid: number): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === hostPid) return Number(name)
    } catch {
      // It ended while we looked.
    }
  }
  throw new Error(`the host ${hostPid} has no child`)
}

/** Longest time the engine may take to come back after SIGKILL. */
const backWithinMs = 3000

describe('when something breaks', () => {
  let app: WebApp
  let server: OwnProcess
  beforeAll(async () => {
    app = await startWebApp()
    server = await startOwnProcess('listen')
  })
  afterAll(async () => {
    await server.stop()
    await app.stop()
  })

  it('keeps the rows, says so, and is back within three seconds after the engine was killed', async () => {
    await app.search(`:${server.port}`)
    await app.rows('LISTEN').waitFor()
    const before = enginePid(app.hostPid)
    process.kill(before, 'SIGKILL')
    const killedAt = performance.now()
    await app.page.getByText('The engine stopped and is being started again').waitFor()
    expect(await app.rows('LISTEN').count()).toBe(1)
    await app.page.getByText('Live', { exact: true }).waitFor()
    const backAfterMs = performance.now() - killedAt
    console.log(`the engine was back and the table live after ${Math.round(backAfterMs)} ms`)
    expect(backAfterMs).toBeLessThan(backWithinMs)
    expect(enginePid(app.hostPid)).not.toBe(before)
    expect(await app.rows('LISTEN').count()).toBe(1)
  })

  it('shows the interface in Chinese when the browser asks for it', async () => {
    const chinese = await startWebApp([], { locale: 'zh-CN' })
    await chinese.page.getByRole('columnheader', { name: '进程' }).first().waitFor()
    expect(await chinese.page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(chinese.pageErrors).toEqual([])
    await chinese.stop()
  })

  it('is dark when the system is', async () => {
    const dark = await startWebApp([], { colorScheme: 'dark' })
    const background = await dark.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const [red = 255] = (/\d+/.exec(background) ?? []).map(Number)
    expect(red).toBeLessThan(80)
    await dark.stop()
  })
})

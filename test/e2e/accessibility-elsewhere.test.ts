/**
 * What axe-core finds where people meet Sockscope otherwise: in Chinese, on a host that only looks, with the hints of a first run, and
 * enlarged to 200 %, which leaves half of the window's width and height (WCAG 1.4.4, 1.4.10).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './check-with-axe.ts'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

const themes = ['light', 'dark'] as const
const pages = ['进程', '监听端口', '远程主机', '诊断', '统计', '参考'] as const

let app: WebApp
let server: OwnProcess
beforeAll(async () => {
  server = await startOwnProcess('listen')
  const enlarged = { viewport: { width: 690, height: 380 }, deviceScaleFactor: 2, locale: 'zh-CN' }
  app = await startWebApp([], enlarged, { language: 'zh-CN', tourDone: false })
  app.page.setDefaultTimeout(6000)
})
afterAll(async () => {
  await app.stop()
  await server.stop()
})

/** In both themes, one after the other. */
async function violations(within?: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of themes) {
    await app.page.emulateMedia({ colorScheme })
    found.push(...(await violationsIn(app.page, within)))
  }
  return found
}
/** What sticks out of the window at its side, where nobody can scroll to. */
const cutOff = (within: string): Promise<string[]> =>
  app.page.locator(within).evaluateAll((roots) =>
    roots
      .flatMap((root) => [...root.querySelectorAll('button, input, select, a')])
      .filter((element) => {
        const box = element.getBoundingClientRect()
        const scrolled = element.closest('.connection-table, .group-table, [role=grid], [role=treegrid]') !== null
        return (
          element.checkVisibility({ visibilityProperty: true }) &&
          box.width > 1 &&
          !scrolled &&
          (box.right > innerWidth + 1 || box.left < -1)
        )
      })
      .map((element) => `${element.tagName} ${element.className} ${element.textContent}`),
  )
const runCommand = async (words: string): Promise<void> => {
  await app.page.keyboard.press('Control+k')
  await app.page.getByRole('combobox', { name: '命令面板' }).fill(words)
  await app.page.keyboard.press('Enter')
}
const dialog = async (): Promise<string[]> => {
  await app.page.getByRole('dialog').waitFor()
  const found = [...(await violations('[role=dialog]')), ...(await cutOff('[role=dialog]'))]
  await app.page.keyboard.press('Escape')
  await app.page.getByRole('dialog').waitFor({ state: 'detached' })
  return found
}

describe('in Chinese, on a host that only looks, at 200 %, no rule of axe-core is broken', () => {
  it('by the table and the hints of a first run, and nothing is cut off', async () => {
    await app.page.getByRole('complementary').waitFor()
    const found = [...(await violations()), ...(await cutOff('#app'))]
    await app.page.getByRole('complementary').getByRole('button').first().click()
    await app.page.getByRole('complementary').waitFor({ state: 'detached' })
    expect([...found, ...(await cutOff('#app'))]).toEqual([])
  })
  it('by the details', async () => {
    await app.search(`port:${server.port}`)
    await app.rows('LISTEN').first().click()
    await app.page.keyboard.press('Enter')
    await app.page.getByRole('tablist').waitFor()
    const found = [...(await violations()), ...(await cutOff('#app'))]
    await app.page.getByRole('grid').focus()
    await app.page.keyboard.press('Escape')
    expect(found).toEqual([])
  })
  it('by the menu of a row, which says why nothing can be done to it', async () => {
    await app.rows('LISTEN').first().click({ button: 'right' })
    await app.page.getByRole('menu').waitFor()
    const found = [...(await violations('[role=menu]')), ...(await cutOff('[role=menu]'))]
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('menu').waitFor({ state: 'detached' })
    expect(found).toEqual([])
  })
  it('by the palette', async () => {
    await app.page.keyboard.press('Control+k')
    await app.page.getByRole('option').first().waitFor()
    expect(await dialog()).toEqual([])
  })
  it.each(['键盘快捷键', '规则', '关于', '设置', '选择列', '管理视图'])('by what %s opens', async (words) => {
    await runCommand(words)
    expect(await dialog()).toEqual([])
  })
  it.each(pages)('by the page %s', async (name) => {
    await app.page.getByRole('navigation').getByRole('button', { name }).click()
    await app.page.getByRole('main', { name }).waitFor()
    expect([...(await violations()), ...(await cutOff('#app'))]).toEqual([])
  })
  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})

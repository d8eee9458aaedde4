/**
 * Makes the pictures in docs/screenshots from the real, built interface: `node scripts/screenshots.mjs` as root on Linux. The
 * whole scene runs in a network namespace of its own with addresses reserved for documentation (RFC 5737, RFC 3849), under
 * program names of its own, so that the pictures show neither this machine nor its paths.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const inNamespace = 'SOCKSCOPE_SCREENSHOTS_INSIDE'
/** Outside the repository, as the pictures show it. */
const folder = '/opt/demo'
const addresses = [
  '192.0.2.10/32',
  '198.51.100.7/32',
  '198.51.100.23/32',
  '203.0.113.40/32',
  '203.0.113.9/32',
  '2001:db8::10/128',
  '2001:db8::66/128',
]
/** Role and user; the ids are Debian's fixed ones (www-data, games, backup, nobody …). */
const scene = [
  ['database', 34],
  ['cache', 65534],
  ['metrics', 13],
  ['resolver', 7],
  ['shop-app', 33],
  ['web-server', 33],
  ['browser', 5],
]
const size = { width: 1440, height: 780 }
/** Long enough for some looks, and for the first highlights to end. */
const settleMs = 4500

if (process.env[inNamespace] === undefined) {
  const child = spawn('unshare', ['--net', process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [inNamespace]: '1' },
  })
  const [code] = await once(child, 'exit')
  process.exit(code ?? 1)
}

const children = []
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function prepareNamespace() {
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  writeFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', '0') // this namespace only
  for (const address of addresses) execFileSync('ip', ['addr', 'add', address, 'dev', 'lo', ...(address.includes(':') ? ['nodad'] : [])])
  mkdirSync(`${folder}/bin`, { recursive: true })
  copyFileSync(new URL('demo/demo-machine.mjs', import.meta.url), `${folder}/demo-machine.mjs`)
  mkdirSync('docs/screenshots', { recursive: true })
}

/** Every program is Node under a name of its own. */
function run(name, args, options) {
  copyFileSync(process.execPath, `${folder}/bin/${name}`)
  const child = spawn(`${folder}/bin/${name}`, args, { cwd: '/', ...options })
  children.push(child)
  return child
}

async function startHost() {
  // The hints of a first run would lie over the rows.
  mkdirSync(`${folder}/config/sockscope`, { recursive: true, mode: 0o700 })
  writeFileSync(`${folder}/config/sockscope/settings.json`, JSON.stringify({ version: 1, settings: { tourDone: true } }), { mode: 0o600 })
  const options = { cwd: process.cwd(), stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, XDG_CONFIG_HOME: `${folder}/config` } }
  const host = run('sockscope', ['out/main/sockscope.js', 'serve', '--no-open', '--allow-actions', '--port', '0'], options)
  const [text] = await once(host.stdout, 'data')
  return { host, address: /http:\/\/\S+/.exec(String(text))?.[0] ?? '' }
}

async function shoot(browser, { name, locale, colorScheme, watchMs = settleMs, arrange }) {
  const { host, address } = await startHost()
  const page = await browser.newPage({ viewport: size, locale, colorScheme })
  await page.goto(address)
  await page.locator('.connection-body [role=row]').first().waitFor()
  await pause(watchMs)
  await arrange?.(page)
  await page.screenshot({ path: `docs/screenshots/${name}.png` })
  await page.close()
  host.kill('SIGTERM')
  await once(host, 'exit')
}

const row = (page, ...texts) =>
  texts.reduce((rows, text) => rows.filter({ hasText: text }), page.locator('.connection-body [role=row]:not([hidden])')).first()

async function askToEnd(page) {
  await row(page, '5432', 'LISTEN').click()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').waitFor()
  await pause(300)
}

async function openDetails(page) {
  await row(page, 'database', 'ESTABLISHED').dblclick()
  await pause(600)
}

/** Connections that are not closed count as a leak after a minute. */
const leakMs = 75_000

/** Places of the tabs. */
const pages = { processes: 1, listening: 2, remotes: 3, diagnosis: 4, statistics: 5, reference: 6 }

async function openFinding(page) {
  await page.getByRole('navigation').getByRole('button').nth(pages.diagnosis).click()
  await page.locator('main:visible [aria-expanded=false]').first().click()
  await pause(600)
}

async function openGroups(page, index, grouping) {
  await page.getByRole('navigation').getByRole('button').nth(index).click()
  await page.locator('main .choice button').nth(grouping).click()
  await pause(1500)
}

async function openPage(page, index) {
  await page.getByRole('navigation').getByRole('button').nth(index).click()
  await pause(9000)
}

const shots = [
  { name: 'table-light-en', locale: 'en-US', colorScheme: 'light' },
  { name: 'table-dark-en', locale: 'en-US', colorScheme: 'dark', arrange: openDetails },
  { name: 'table-light-zh', locale: 'zh-CN', colorScheme: 'light' },
  { name: 'end-process-en', locale: 'en-US', colorScheme: 'light', arrange: askToEnd },
  { name: 'diagnosis-light-en', locale: 'en-US', colorScheme: 'light', watchMs: leakMs, arrange: openFinding },
  { name: 'diagnosis-dark-zh', locale: 'zh-CN', colorScheme: 'dark', watchMs: leakMs, arrange: openFinding },
  {
    name: 'processes-light-en',
    locale: 'en-US',
    colorScheme: 'light',
    watchMs: 25_000,
    arrange: (page) => openGroups(page, pages.processes, 0),
  },
  {
    name: 'processes-dark-zh',
    locale: 'zh-CN',
    colorScheme: 'dark',
    watchMs: 25_000,
    arrange: (page) => openGroups(page, pages.processes, 1),
  },
  { name: 'listening-dark-en', locale: 'en-US', colorScheme: 'dark', arrange: (page) => openGroups(page, pages.listening, 1) },
  { name: 'listening-light-zh', locale: 'zh-CN', colorScheme: 'light', arrange: (page) => openGroups(page, pages.listening, 0) },
  { name: 'remotes-light-en', locale: 'en-US', colorScheme: 'light', arrange: (page) => openGroups(page, pages.remotes, 0) },
  { name: 'remotes-dark-zh', locale: 'zh-CN', colorScheme: 'dark', arrange: (page) => openGroups(page, pages.remotes, 1) },
  {
    name: 'statistics-dark-en',
    locale: 'en-US',
    colorScheme: 'dark',
    watchMs: 20_000,
    arrange: (page) => openPage(page, pages.statistics),
  },
  { name: 'reference-light-zh', locale: 'zh-CN', colorScheme: 'light', arrange: (page) => openPage(page, pages.reference) },
]

/** Names, or how they begin; without any, all. */
const wanted = process.argv.slice(2)

prepareNamespace()
try {
  for (const [role, uid] of scene) run(role, [`${folder}/demo-machine.mjs`, role], { uid, gid: uid, stdio: ['pipe', 'ignore', 'inherit'] })
  await pause(settleMs)
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  for (const shot of shots) if (wanted.length === 0 || wanted.some((name) => shot.name.startsWith(name))) await shoot(browser, shot)
  await browser.close()
} finally {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

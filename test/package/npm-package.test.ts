import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtModules } from '../../scripts/package/built-modules.mjs'

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const native = `koffi-${process.platform}-${process.arch}`
/** Every Node here: the one that runs the tests, and the system's own when it is another. */
const nodes = [...new Set([process.execPath, ...['/usr/bin/node', '/usr/local/bin/node'].filter((path) => existsSync(path))])]

/** Packs the npm package, installs it without network into an empty folder and runs it. Needs the build in out/. */
describe.skipIf(process.platform === 'win32')('the npm package', () => {
  const work = mkdtempSync(join(tmpdir(), 'sockscope-npm-'))
  const project = join(work, 'project')
  const command = join(project, 'node_modules/.bin/sockscope')
  let packed: readonly string[] = []

  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/pack-npm.mjs', join(work, 'package')])
    const folders = [join(work, 'package'), resolve('node_modules/koffi'), resolve(`node_modules/@koromix/${native}`)]
    const options = { cwd: work, encoding: 'utf8' as const }
    const [own] = JSON.parse(execFileSync(npm, ['pack', '--json', '--ignore-scripts', ...folders], options)) as [
      { files: { path: string }[] },
    ]
    packed = own.files.map(({ path }) => path)
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), '{"private":true}')
    const archives = readdirSync(work).filter((name) => name.endsWith('.tgz'))
    const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    execFileSync(npm, [...install, ...archives.map((name) => join(work, name))], { cwd: project })
  })
  afterAll(() => rmSync(work, { recursive: true }))

  it('holds the command, the engine, the interface and the papers, and nothing of Electron', () => {
    const renderer = readdirSync('out/renderer', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const modules = builtModules('out/main', ['sockscope.js', 'engine.js']).map((file) => `out/main/${file}`)
    const papers = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'docs/cli.md',
      'out/data/countries-licence.txt',
      'out/data/countries.mmdb',
      'out/data/services.json',
      'out/data/sources.json',
      'out/notices/main.txt',
      'out/notices/renderer.txt',
      'package.json',
    ]
    expect([...packed].toSorted()).toEqual([...papers, ...modules, ...renderer].toSorted())
    for (const file of modules) expect(readFileSync(file, 'utf8')).not.toMatch(/from ["']electron["']/)
  })
  it('tells countries from the data that it brings, without asking anybody', () => {
    const data = join(project, 'node_modules/sockscope/out/data')
    expect(readFileSync(join(data, 'countries.mmdb')).includes('MaxMind.com')).toBe(true)
    const { countries } = JSON.parse(readFileSync(join(data, 'sources.json'), 'utf8')) as { countries: Record<string, string> }
    expect(countries).toMatchObject({ name: 'IP Geolocation by DB-IP', licence: 'CC BY 4.0', link: 'https://db-ip.com' })
  })
  it('depends on koffi alone, brings no Node, and runs no script when it is installed', () => {
    const slim = JSON.parse(readFileSync(join(project, 'node_modules/sockscope/package.json'), 'utf8')) as Record<string, unknown>
    const whole = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>
    expect(slim['dependencies']).toEqual(whole['dependencies'])
    expect(Object.keys(slim['dependencies'] as object)).toEqual(['koffi'])
    for (const key of ['devDependencies', 'optionalDependencies', 'scripts', 'main']) expect(slim).not.toHaveProperty(key)
    expect(slim['engines']).toEqual({ node: '>=20.11' })
  })

  describe.each(nodes)('under %s', (node) => {
    it('lists connections and tells what can be seen', () => {
      const listed = spawnSync(node, [command, 'list', 'state:listen', '--json'], { cwd: work, encoding: 'utf8', timeout: 30_000 })
      expect(listed).toMatchObject({ stderr: '' })
      expect(Array.isArray(JSON.parse(listed.stdout))).toBe(true)
      const told = spawnSync(node, [command, 'doctor', '--lang', 'en'], { cwd: work, encoding: 'utf8', timeout: 30_000 })
      expect(told.stdout).toMatch(/^Sockscope \d+\.\d+\.\d+\n/)
    })
    it('serves the interface, with an engine of its own', async () => {
      const env = { ...process.env, XDG_CONFIG_HOME: join(work, 'config') }
      const host = spawn(node, [command, 'serve', '--port', '0', '--no-open'], { cwd: work, env, stdio: ['ignore', 'pipe', 'ignore'] })
      try {
        const [address] = (await firstLine(host.stdout)).split('\n')
        const entered = await fetch(address ?? '', { redirect: 'manual' })
        const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
        const page = await fetch(new URL('/', address), { headers: { cookie } })
        expect(page.status).toBe(200)
        expect(await page.text()).toContain('<div id="app">')
      } finally {
        const ended = new Promise((done) => void host.once('exit', done))
        host.kill('SIGTERM')
        await ended
      }
    })
  })

  it('says which Node it needs, to an older one', () => {
    const disguise = "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.19.1'}})"
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', disguise, command, 'list'], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 5, stdout: '' })
    expect(stderr).toBe('sockscope needs Node 20.11 or newer; this is Node 18.19.1.\n')
  })
  it('helps and explains even where koffi has no library', () => {
    const bare = join(work, 'bare')
    cpSync(join(project, 'node_modules/sockscope'), bare, { recursive: true })
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(bare, 'out/main/sockscope.js'), '--version'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' }) // help, version and explanations work without it
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((done, fail) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) done(text)
    })
    stream.once('end', () => fail(new Error(`ended after: ${text}`)))
  })
}

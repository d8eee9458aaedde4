// Debian 13's Wine 10 as a folder of its own: nothing is installed, and the machine's own packages may be of any release.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { parseAptSources, releaseArchives } from './apt-sources.mjs'
import { runQuietly } from './run-quietly.mjs'
import { Unavailable } from './unavailable.mjs'
import { unfinishedPrefix } from './unfinished.mjs'

/** The first release whose Wine tells the owner of every socket and runs Node 24. */
const release = 'trixie'
/** Wine's 64-bit half and what it loads; its Unix side needs this release's libc. */
const packages = ['libc6', 'libgcc-s1', 'libunwind8', 'liblzma5', 'libwine', 'wine64', 'libz-mingw-w64']
/** 115 MB; on a line slower than this the tests would take longer than anyone waits. */
const downloadLimitMs = 120_000
const indexLimitMs = 60_000
const unpackLimitMs = 60_000
const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
/** Where Wine's loader expects that its own DLLs are marked, and what the mark is. */
const builtinMark = { offset: 64, length: 32, text: 'Wine builtin DLL' }

/** The folder of the tree, unpacked before or now. Throws Unavailable. */
export function provideTree(cache) {
  const tree = join(cache, `${release}-wine`)
  if (existsSync(tree)) return tree
  const archives = configuredArchives()
  if (archives.length === 0) throw new Unavailable('apt is not configured here, so that there is no archive to take Wine from')
  const work = join(cache, `${unfinishedPrefix}tree-${process.pid}`)
  try {
    fetchPackages(join(work, 'apt'), archives)
    unpack(join(work, 'apt/debs'), join(work, 'root'))
    moveInto(join(work, 'root'), tree)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return tree
}

/** SOCKSCOPE_DEBIAN_MIRROR is for machines whose own sources are not Debian's. */
function configuredArchives(env = process.env) {
  const chosen = env.SOCKSCOPE_DEBIAN_MIRROR
  if (chosen) return [{ uri: chosen }]
  const folder = '/etc/apt/sources.list.d'
  const files = ['/etc/apt/sources.list', ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [])]
  const readable = files.filter((file) => existsSync(file) && /\.(sources|list)$/.test(file))
  return releaseArchives(
    readable.flatMap((file) => parseAptSources(readFileSync(file, 'utf8'), file.endsWith('.sources') ? 'deb822' : 'one-line')),
  )
}

function fetchPackages(folder, archives) {
  let reason
  for (const archive of archives) {
    const options = aptState(folder, archive)
    const update = runQuietly('apt-get', [...options, '-qq', '--error-on=any', 'update'], { timeoutMs: indexLimitMs })
    const download = update.ok
      ? runQuietly('apt-get', [...options, '-qq', 'download', ...packages], { timeoutMs: downloadLimitMs, cwd: join(folder, 'debs') })
      : update
    if (download.ok) return
    reason ??= download.reason
  }
  throw new Unavailable(`Debian's ${release} cannot be had from the configured apt sources (${reason})`)
}

/** apt with a state of its own: the machine's lists, cache and package status stay untouched, signatures are checked as ever. */
function aptState(folder, { uri, signedBy }) {
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['lists/partial', 'cache/archives/partial', 'debs']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'status'), '')
  const keyring = signedBy ?? (existsSync(debianKeyring) ? debianKeyring : undefined)
  const options = ['arch=amd64', ...(keyring === undefined ? [] : [`signed-by=${keyring}`])]
  writeFileSync(join(folder, 'sources.list'), `deb [${options.join(' ')}] ${uri} ${release} main\n`)
  return [
    `Dir::Etc::sourcelist=${join(folder, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    `Dir::State::status=${join(folder, 'status')}`,
    'APT::Architecture=amd64',
    `APT::Sandbox::User=${userInfo().username}`,
    'Debug::NoLocking=1',
    'Acquire::Retries=1',
    'Acquire::http::Timeout=15',
    'Acquire::https::Timeout=15',
  ].flatMap((option) => ['-o', option])
}

function unpack(debs, root) {
  for (const name of ['usr/lib', 'usr/lib64', 'usr/bin', 'proc', 'dev', 'tmp', 'run', 'root'])
    mkdirSync(join(root, name), { recursive: true })
  for (const name of ['lib', 'lib64', 'bin']) symlinkSync(`usr/${name}`, join(root, name))
  for (const name of readdirSync(debs)) {
    const tar = join(debs, `${name}.tar`)
    const extracted = runQuietly('sh', ['-c', 'dpkg-deb --fsys-tarfile "$1" > "$2"', 'sh', join(debs, name), tar], {
      timeoutMs: unpackLimitMs,
    })
    if (!extracted.ok) throw new Unavailable(extracted.reason)
    const unpacked = runQuietly('tar', ['-x', '-C', root, '--keep-directory-symlink', '--no-same-owner', '-f', tar], {
      timeoutMs: unpackLimitMs,
    })
    if (!unpacked.ok) throw new Unavailable(unpacked.reason)
    rmSync(tar)
  }
  markZlib(root)
  for (const name of ['usr/share/doc', 'usr/i686-w64-mingw32']) rmSync(join(root, name), { recursive: true, force: true })
}

/** What the postinst script of libwine does: zlib1.dll comes from another package and becomes one of Wine's own by a mark. */
function markZlib(root) {
  const library = readFileSync(join(root, 'usr/x86_64-w64-mingw32/lib/zlib1.dll'))
  library.fill(0, builtinMark.offset, builtinMark.offset + builtinMark.length)
  library.write(builtinMark.text, builtinMark.offset, 'latin1')
  writeFileSync(join(root, 'usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll'), library)
}

/** Another run may have been faster; its tree is as good. */
function moveInto(folder, tree) {
  if (!existsSync(tree)) renameSync(folder, tree)
}

// A plugin of the build that writes down whose code went into a bundle. Their licences ask for it, and only the bundler knows.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Writes `folder/name.txt`: each package with its version, licence and the text of it. */
export function thirdPartyNotices(folder, name) {
  return {
    name: 'third-party-notices',
    writeBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
      const packages = new Set(
        modules.map((id) => packageFolder(id.replace(/^\0/, '').split('?')[0])).filter((found) => found !== undefined),
      )
      const notices = [...packages].map((each) => notice(each)).toSorted((left, right) => (left < right ? -1 : 1))
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `${name}.txt`), notices.join(`\n${'-'.repeat(78)}\n\n`))
    },
  }
}

/** The folder below the last `node_modules` in the path; undefined for code of our own and of the bundler. */
function packageFolder(file) {
  const parts = file.split(/[\\/]/)
  const at = parts.lastIndexOf('node_modules')
  if (at === -1) return undefined
  return parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join(sep)
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version} (${license ?? 'no licence named'})\n\n${licenceText(folder)}\n`
}

/** Where a package leaves its text out, the name of the licence has to do. */
function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
  return file === undefined ? '(the package holds no licence text)' : readFileSync(join(folder, file), 'utf8').trim()
}

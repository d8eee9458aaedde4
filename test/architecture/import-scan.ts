/** A simple scan of what source files import, and which of those imports scripts/layers.json forbids. */
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'

export interface Layers {
  /** Folders of src-main, each with the folders it may import; `shared` is src-shared. */
  readonly main: Readonly<Record<string, readonly string[]>>
  /** Modules and the only folders that may import them. */
  readonly onlyHere: Readonly<Record<string, readonly string[]>>
  /** Files outside every folder that may import any. */
  readonly entries: readonly string[]
}

const sourceFile = /\.(?:ts|mts|js|mjs|vue)$/
// Static, type-only, re-exporting, side-effect and dynamic imports, and require().
const importText = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"`])([^'"`\n]+)\1/g

/** Paths below `root`, with `/` between their parts. */
export function sourceFiles(root: string, folders: readonly string[] = ['src-main', 'src-renderer', 'src-shared']): string[] {
  return folders
    .flatMap((folder) => filesBelow(join(root, folder)).map((path) => relative(root, path).split(sep).join('/')))
    .filter((path) => sourceFile.test(path))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

export function importsOf(text: string): string[] {
  return [...withoutComments(text).matchAll(importText)].map((match) => match[2] as string)
}

/** Line and block comments at the start of a line; those behind code never hold an import of ours. */
export function withoutComments(text: string): string {
  return text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '')
}

/** One line per forbidden import, `file: what`. */
export function forbiddenImports(root: string, layers: Layers): string[] {
  return sourceFiles(root).flatMap((file) =>
    importsOf(readFileSync(join(root, file), 'utf8'))
      .filter((specifier) => !isAllowed(file, specifier, layers))
      .map((specifier) => `${file}: ${specifier}`),
  )
}

function isAllowed(file: string, specifier: string, layers: Layers): boolean {
  if (!specifier.startsWith('.')) return isModuleAllowed(file, specifier, layers)
  const target = join(dirname(file), specifier).split(sep).join('/')
  const [side, folder] = layerOf(file)
  const [targetSide, targetFolder] = layerOf(target)
  if (targetSide === 'package.json') return true
  if (side === 'src-shared') return targetSide === 'src-shared'
  if (side === 'src-renderer') return targetSide !== 'src-main'
  if (targetSide === 'src-renderer') return false
  if (layers.entries.includes(file)) return true
  const allowed = layers.main[folder]
  if (allowed === undefined) return false // a folder nobody thought about
  if (targetSide === 'src-shared') return allowed.includes('shared')
  return targetFolder === folder || allowed.includes(targetFolder)
}

function isModuleAllowed(file: string, specifier: string, { onlyHere }: Layers): boolean {
  const name = specifier.replace(/^node:/, '')
  const places = onlyHere[name] ?? onlyHere[name.split('/')[0] as string]
  if (places !== undefined && !places.some((place) => file.startsWith(`${place}/`))) return false
  const isBuiltIn = specifier.startsWith('node:') || builtinModules.includes(specifier)
  return !isBuiltIn || file.startsWith('src-main/')
}

function layerOf(path: string): [side: string, folder: string] {
  const [side = '', folder = ''] = path.split('/')
  return [side, folder]
}

import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Writes two programs with the real sources in them into the folder, and koffi beside them, as the product has it beside its bundle:
 * agent.cjs, and the `sockscope` command as program/sockscope.mjs.
 */
export async function bundleAgent(folder: string): Promise<void> {
  const entry = (file: string): string => join(root, file)
  await bundle(entry('test/wine/agent.ts'), folder, { format: 'cjs', entryFileNames: 'agent.cjs', codeSplitting: false })
  await bundle(entry('src-main/sockscope.ts'), join(folder, 'program'), {
    format: 'es',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name].mjs',
  })
  const modules = join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  cpSync(join(root, 'node_modules/koffi'), join(modules, 'koffi'), { recursive: true })
}

async function bundle(entry: string, outDir: string, output: NonNullable<BuildOptions['rolldownOptions']>['output']): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['koffi'] },
    build: { ssr: entry, outDir, emptyOutDir: false, target: 'node24', rolldownOptions: { output: output ?? {} } },
  })
}

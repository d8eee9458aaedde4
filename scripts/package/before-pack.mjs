// Called by electron-builder before it packs one target.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { manPage } from './man-page.mjs'

export default function beforePack({ electronPlatformName, packager }) {
  if (electronPlatformName !== 'linux') return
  const root = packager.projectDir
  const folder = join(root, 'out/linux')
  const page = manPage(join(root, 'out/main/sockscope.js'), JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'sockscope.1.gz'), gzipSync(page, { level: 9 }))
}

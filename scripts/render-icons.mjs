// node scripts/render-icons.mjs: draws resources/icons/*.png from the two SVG files beside them, with the system's Chromium, and
// puts them into the icon files of Windows and macOS.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { icnsFile, icoFile } from './package/icon-files.mjs'
import { provideChromium } from './run/chromium.mjs'

const folder = new URL('../resources/icons/', import.meta.url)
/** Below 48 pixels the details of the large drawing run into each other. */
const drawings = [
  { file: 'sockscope-small.svg', sizes: [16, 24, 32] },
  { file: 'sockscope.svg', sizes: [48, 64, 128, 256, 512, 1024] },
]

const browser = await chromium.launch({
  executablePath: await provideChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()
for (const { file, sizes } of drawings) {
  const svg = readFileSync(new URL(file, folder), 'utf8')
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`)
    await page.screenshot({ path: fileURLToPath(new URL(`${size}x${size}.png`, folder)), omitBackground: true })
  }
}
await browser.close()

const png = (size) => readFileSync(new URL(`${size}x${size}.png`, folder))
writeFileSync(new URL('../icon.ico', folder), icoFile(png))
writeFileSync(new URL('../icon.icns', folder), icnsFile(png))

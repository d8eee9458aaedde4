// node scripts/render-icons.mjs: draws resources/icons/*.png and resources/tray/*.png from the SVG files beside them, with the system's
// Chromium, and puts them into the icon files of Windows and macOS.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { icnsFile, icoFile, trayIcoSizes } from './package/icon-files.mjs'
import { provideChromium } from './run/chromium.mjs'

const icons = new URL('../resources/icons/', import.meta.url)
const tray = new URL('../resources/tray/', import.meta.url)
const ofSize = (size) => new URL(`${size}x${size}.png`, icons)
/** Below 48 pixels the details of the large drawing run into each other. */
const small = new URL('sockscope-small.svg', icons)
const drawings = [
  ...[16, 24, 32].map((size) => ({ svg: small, size, png: ofSize(size) })),
  ...[48, 64, 128, 256, 512, 1024].map((size) => ({ svg: new URL('sockscope.svg', icons), size, png: ofSize(size) })),
  // Electron finds the @2x drawings by their names, and macOS the template. Panels of Linux are 22 to 24 pixels high.
  { svg: small, size: 24, png: new URL('tray.png', tray) },
  { svg: small, size: 48, png: new URL('tray@2x.png', tray) },
  { svg: new URL('template.svg', tray), size: 16, png: new URL('trayTemplate.png', tray) },
  { svg: new URL('template.svg', tray), size: 32, png: new URL('trayTemplate@2x.png', tray) },
]

const browser = await chromium.launch({
  executablePath: await provideChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()
for (const { svg, size, png } of drawings) {
  await page.setViewportSize({ width: size, height: size })
  const style = `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>`
  await page.setContent(`${style}${readFileSync(svg, 'utf8')}`)
  await page.screenshot({ path: fileURLToPath(png), omitBackground: true })
}
await browser.close()

const png = (size) => readFileSync(ofSize(size))
const smallPng = (size) => (size === 48 ? readFileSync(new URL('tray@2x.png', tray)) : png(size))
writeFileSync(new URL('../icon.ico', icons), icoFile(png))
writeFileSync(new URL('../icon.icns', icons), icnsFile(png))
writeFileSync(new URL('tray.ico', tray), icoFile(smallPng, trayIcoSizes))

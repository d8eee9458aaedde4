/** The colours of the style sheets as a browser computes them, for tests of contrast. Understands what the sheets use and no more. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Theme = 'light' | 'dark'
/** Red, green, blue in sRGB, 0 to 1. */
export type Colour = readonly [number, number, number]

const styles = fileURLToPath(new URL('../../src-renderer/', import.meta.url))

export function styleSheet(path: string): string {
  return readFileSync(styles + path, 'utf8')
}

/** The custom properties of a sheet by name. */
export function tokensOf(sheet: string): ReadonlyMap<string, string> {
  return new Map([...sheet.matchAll(/(--[\w-]+):\s*([^;]+);/gu)].map(([, name = '', value = '']) => [name, value]))
}

/** Throws for what is no opaque colour. */
export function colourOf(value: string, theme: Theme): Colour {
  const pair = /^light-dark\((.+),\s*((?:#|oklch).+)\)$/u.exec(value)
  if (pair !== null) return colourOf((theme === 'light' ? pair[1] : pair[2]) ?? '', theme)
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/iu.exec(value)
  if (hex !== null) return [1, 2, 3].map((at) => parseInt(hex[at] ?? '', 16) / 255) as unknown as Colour
  const oklch = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/u.exec(value)
  if (oklch !== null) return fromOklch(Number(oklch[1]), Number(oklch[2]), Number(oklch[3]))
  throw new Error(`no colour: ${value}`)
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** sRGB without its gamma. */
export function linearOf(colour: Colour): Colour {
  return colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as unknown as Colour
}

function luminance(colour: Colour): number {
  const [red, green, blue] = linearOf(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** CSS Color 4, section 9.4; what sRGB cannot show is clipped, as browsers do. */
function fromOklch(lightness: number, chroma: number, hueDegrees: number): Colour {
  const a = chroma * Math.cos((hueDegrees * Math.PI) / 180)
  const b = chroma * Math.sin((hueDegrees * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ]
}

function encoded(linear: number): number {
  const within = Math.min(1, Math.max(0, linear))
  return within <= 0.0031308 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055
}

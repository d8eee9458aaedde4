/**
 * What people see who lack one of the three kinds of cones, and how far apart two colours look. Simulation: Machado, Oliveira and
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.0, on linear
 * sRGB. Distance: the Euclidean one in OKLab (Björn Ottosson, 2020), times 100.
 */
import { linearOf, type Colour } from './css-colours.ts'

type Matrix = readonly [Colour, Colour, Colour]

const matrices = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} satisfies Readonly<Record<string, Matrix>>

export type Vision = keyof typeof matrices
export const visions = Object.keys(matrices) as Vision[]

/** How different two colours look: below 2 hardly at all side by side, from 10 on clearly. */
export function seenDistance(one: Colour, other: Colour, vision: Vision): number {
  const [first, second] = [one, other].map((colour) => oklabOf(seenAs(colour, vision)))
  return 100 * Math.hypot(...(first ?? []).map((part, index) => part - (second?.[index] ?? 0)))
}

/** In linear sRGB. */
function seenAs(colour: Colour, vision: Vision): Colour {
  return times(matrices[vision], linearOf(colour)).map((part) => Math.min(1, Math.max(0, part))) as unknown as Colour
}

function oklabOf(linear: Colour): Colour {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    linear,
  ).map(Math.cbrt) as unknown as Colour
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  )
}

function times(matrix: Matrix, [red, green, blue]: Colour): Colour {
  return matrix.map(([ofRed, ofGreen, ofBlue]) => ofRed * red + ofGreen * green + ofBlue * blue) as unknown as Colour
}

/** A share as a bar of fixed width. */
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** `share` from 0 to 1; more is as full as it gets, and a little is not nothing. `draw`: in blocks, else in ASCII. */
export function bar(share: number, cells: number, draw: boolean): string {
  const filled = Math.min(1, Math.max(0, share)) * cells
  if (!draw) {
    const marks = Math.min(cells, Math.ceil(filled))
    return '#'.repeat(marks) + '.'.repeat(cells - marks)
  }
  const steps = Math.min(cells * 8, Math.ceil(filled * 8))
  const whole = Math.floor(steps / 8)
  const part = eighths[steps % 8] ?? ''
  return '█'.repeat(whole) + part + '░'.repeat(cells - whole - (part === '' ? 0 : 1))
}

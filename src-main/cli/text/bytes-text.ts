const unitSize = 1000
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** For people: three digits at most where that is exact enough. */
export function bytesText(bytes: number): string {
  let amount = bytes
  let unit = 0
  while (amount >= unitSize && unit < units.length - 1) {
    amount /= unitSize
    unit += 1
  }
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`
}

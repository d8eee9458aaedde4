const units = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s']

/** The speed of a link as it is sold: "1 Gbit/s", "2.5 Gbit/s". */
export function bitRate(bitsPerSecond: number, locale: string): string {
  let scaled = bitsPerSecond
  let step = 0
  while (scaled >= 1000 && step < units.length - 1) {
    scaled /= 1000
    step += 1
  }
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(scaled)} ${units[step]}`
}

/** One decoder or parser under fire: valid inputs to start from, and what must hold for any bytes. */
export interface FuzzTarget {
  readonly name: string
  /** Valid inputs; mutated ones are made from them. Texts as the bytes in which they arrive. */
  readonly samples: readonly Uint8Array[]
  /** Throws when anything is wrong. */
  readonly run: (input: Uint8Array) => void
}

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
export const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
export const textSamples = (...texts: readonly string[]): Uint8Array[] => texts.map((text) => Buffer.from(text))

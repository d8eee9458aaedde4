/** What Node and browsers both have, and src-shared may therefore use although it sees neither's type library. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(bytes: Uint8Array): string
}
declare function structuredClone<T>(value: T): T
declare function queueMicrotask(run: () => void): void

import { tcpStates, type TcpState } from '../../src-shared/model/tcp-state.ts'

const known: ReadonlySet<string> = new Set(tcpStates)

/** Explanations name states by their own words; the reader may have chosen another spelling for them. */
export function inDialect(text: string, wordOf: (state: TcpState) => string): string {
  return text.replaceAll(/\b[A-Z][A-Z_12]+\b/gu, (word) => (known.has(word) ? wordOf(word as TcpState) : word))
}

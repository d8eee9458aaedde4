/** Lines between the tests and the agent. A `frame` belongs to the engine's own protocol: text, or bytes as Base64. */

export type Frame = { readonly text: string } | { readonly base64: string }

export type AgentRequest = { readonly id: number; readonly command: string; readonly input?: unknown } | { readonly frame: Frame }

export type AgentAnswer =
  | { readonly hello: number }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly frame: Frame }

export type AgentCommands = Readonly<Record<string, (input: never) => unknown>>

export function frameOf(frame: string | Uint8Array<ArrayBuffer>): Frame {
  return typeof frame === 'string' ? { text: frame } : { base64: Buffer.from(frame).toString('base64') }
}

export function contentOf(frame: Frame): string | ArrayBuffer {
  if ('text' in frame) return frame.text
  const bytes = Buffer.from(frame.base64, 'base64')
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

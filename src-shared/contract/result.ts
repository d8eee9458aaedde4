import type { ErrorCode } from './error-codes.ts'

export interface Failure {
  readonly code: ErrorCode
  /** English, for logs and terminals; interfaces translate the code. */
  readonly message: string
  readonly details?: Readonly<Record<string, string | number | boolean>>
}

/** An expected failure is a value. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: ErrorCode, message: string, details?: Failure['details']): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: details === undefined ? { code, message } : { code, message, details } }
}

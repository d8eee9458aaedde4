/** Serves an Api over a channel: the only place where input is checked, access is decided and failures become results. */
import * as v from 'valibot'
import type { Api } from '../contract/api.ts'
import { contract, eventNames, isCallName, type Access } from '../contract/contract.ts'
import { fail, type Result } from '../contract/result.ts'
import type { Channel } from './channel.ts'
import { requestSchema } from './message.ts'

export interface ServeOptions {
  readonly channel: Channel
  readonly api: Api
  /** Which kinds of call this peer may make. */
  readonly allows: (access: Access) => boolean
  /** A defect in a handler; the peer gets `internal`. */
  readonly onDefect?: (error: unknown) => void
}

/** Calls one peer may have open at a time; an interface needs a handful. */
const maximumOpenCalls = 64

/** Returns what ends the service; the channel itself is left open. */
export function serveRpc({ channel, api, allows, onDefect }: ServeOptions): () => void {
  let openCalls = 0
  const reply = (id: number, result: Result<unknown>): void => {
    const value = result.ok ? result.value : undefined
    if (hasBytes(value)) {
      const { bytes, ...rest } = value
      channel.post({ type: 'result', id, result: { ok: true, value: rest }, bytes })
    } else channel.post({ type: 'result', id, result })
  }
  const answer = async (name: string, input: unknown): Promise<Result<unknown>> => {
    if (!isCallName(name)) return fail('unknown-call', `There is no call named ${JSON.stringify(name.slice(0, 64))}.`)
    const { access, input: schema } = contract[name]
    if (!allows(access)) return fail('not-allowed', `${name} is not allowed here.`, { call: name })
    const checked = v.safeParse(schema, input)
    if (!checked.success) return fail('invalid-input', describeIssue(name, checked.issues[0]), { call: name })
    return (api.call as (name: string, input: unknown) => Promise<Result<unknown>>)(name, checked.output)
  }
  const onMessage = (message: unknown): void => {
    const request = v.safeParse(requestSchema, message)
    if (!request.success) return
    const { id, name, input } = request.output
    if (openCalls >= maximumOpenCalls) {
      reply(id, fail('too-many-calls', `More than ${maximumOpenCalls} calls are open.`))
      return
    }
    openCalls += 1
    answer(name, input)
      .catch((error: unknown) => {
        onDefect?.(error)
        return fail('internal', `${name} failed: ${error instanceof Error ? error.message : String(error)}`)
      })
      .then((result) => reply(id, result))
      .finally(() => (openCalls -= 1))
      .catch((error: unknown) => onDefect?.(error))
  }
  const stops = [
    channel.on('message', onMessage),
    ...eventNames.map((name) => api.on(name, (value) => channel.post({ type: 'event', name, value }))),
  ]
  const stop = (): void => {
    for (const each of stops.splice(0)) each()
  }
  channel.on('close', stop)
  return stop
}

function hasBytes(value: unknown): value is { readonly bytes: Uint8Array<ArrayBuffer> } {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array
}

function describeIssue(call: string, issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return `${call}: ${path === null ? 'the input' : path}: ${issue.message}`
}

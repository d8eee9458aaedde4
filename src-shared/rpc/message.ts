/** The messages of the protocol above a channel, and the checks for what arrives. */
import * as v from 'valibot'

const id = v.pipe(v.number(), v.integer(), v.minValue(1))
const bytes = v.optional(v.instance(Uint8Array))

/** To the side that implements the calls. */
export const requestSchema = v.object({ type: v.literal('call'), id, name: v.string(), input: v.optional(v.unknown()) })

/** To the side that makes them. `result` is a contract Result; a `bytes` block belongs to its value. */
export const replySchema = v.variant('type', [
  v.object({
    type: v.literal('result'),
    id,
    result: v.variant('ok', [
      v.object({ ok: v.literal(true), value: v.optional(v.unknown()) }),
      v.object({ ok: v.literal(false), error: v.looseObject({ code: v.string(), message: v.string() }) }),
    ]),
    bytes,
  }),
  v.object({ type: v.literal('event'), name: v.string(), value: v.unknown() }),
])

/** The largest settings that the schema allows, worked out from the schema, so that no list outgrows the file that keeps it. */
import { expect, it } from 'vitest'
import { maximumMessageBytes } from '../../../src-main/server/socket-gate.ts'
import { maximumSettingsBytes, settingsSchema } from '../../../src-shared/model/settings.ts'

/** As much of valibot's schemas as the settings use. */
interface Schema {
  readonly type: string
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly wrapped?: Schema
  readonly options?: readonly unknown[]
  readonly pipe?: readonly (Schema & { readonly requirement?: unknown })[]
}

/** JSON writes a control character or half of a surrogate pair as \uXXXX. */
const bytesPerCodeUnit = 6
/** A sign, seventeen digits, a point and an exponent. */
const numberBytes = 24

/** Bytes of the indented JSON; `depth` is how far in it stands. */
function largest(schema: Schema, depth: number): number {
  const line = 1 + 2 * (depth + 1) + 1 // its break, its indentation, its comma
  const end = 2 + 1 + 2 * depth
  switch (schema.type) {
    case 'boolean':
      return 'false'.length
    case 'number':
      return numberBytes
    case 'picklist':
      return Math.max(...(schema.options ?? []).map((option) => JSON.stringify(option).length))
    case 'optional':
      return largest(schema.wrapped as Schema, depth)
    case 'string':
      return 2 + bytesPerCodeUnit * longest(schema)
    case 'array':
      return end + limitOf(schema) * (line + largest(schema.item as Schema, depth + 1))
    case 'object':
    case 'strict_object':
      return Object.entries(schema.entries ?? {}).reduce(
        (sum, [name, entry]) => sum + line + JSON.stringify(name).length + 2 + largest(entry, depth + 1),
        end,
      )
    default:
      throw new Error(`how large is a ${schema.type}?`)
  }
}

/** A pipe may begin with one that was made elsewhere. */
function checksOf({ pipe = [] }: Schema): readonly (Schema & { readonly requirement?: unknown })[] {
  return pipe.flatMap((each, index) => (index === 0 ? checksOf(each) : [each]))
}

function limitOf(schema: Schema): number {
  const limit = checksOf(schema).find(({ type }) => type === 'max_length')?.requirement
  if (typeof limit !== 'number') throw new Error('a list or a text without a limit')
  return limit
}

/** A text of a few plain characters may have its limit in its pattern: /^[a-z][A-Za-z0-9]{0,39}$/. */
function longest(schema: Schema): number {
  const pattern = checksOf(schema).find(({ type }) => type === 'regex')?.requirement
  const repeats = pattern instanceof RegExp ? /^\^\[[^\]]*\]\[[^\]]*\]\{\d+,(\d+)\}\$$/.exec(pattern.source)?.[1] : undefined
  return repeats === undefined ? limitOf(schema) : Number(repeats) + 1
}

it('fits into the file that is read, and into one message, with room for what comes', () => {
  const bytes = largest(settingsSchema, 1)
  expect(bytes).toBeGreaterThan(1_000_000) // lists were found
  expect(bytes).toBeLessThan(maximumSettingsBytes * 0.9)
  expect(maximumMessageBytes).toBeGreaterThan(maximumSettingsBytes)
})

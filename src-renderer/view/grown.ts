type Growable =
  | Uint8Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** The array itself when it holds `length` entries already, else a longer copy of it. */
export function grown<Type extends Growable>(array: Type, length: number): Type {
  if (array.length >= length) return array
  const longer = new (array.constructor as new (length: number) => Type)(length)
  longer.set(array)
  return longer
}

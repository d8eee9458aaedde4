/**
 * A file of the MaxMind DB format (version 2.0 of its specification): addresses to facts. Reads what the usual files say: GeoLite2 and
 * DB-IP Lite, IPinfo Lite, ip-location-db. The file may be anything; what cannot be read is a problem, not an exception.
 */
import { readFileSync, statSync } from 'node:fs'
import { Reader, type Response } from 'mmdb-lib'
import type { KnownAbout } from '../../src-shared/model/known-names.ts'
import { cleanLabel } from './clean-name.ts'

/** Files of cities and companies are smaller; the file is held in memory. */
const maximumFileBytes = 256 * 1024 * 1024

export type AddressFacts = Pick<KnownAbout, 'country' | 'asn' | 'network'>

export interface MmdbFile {
  readonly type: string | undefined
  /** ISO 8601 day the file was made. */
  readonly date: string | undefined
  /** Empty where the file knows nothing. Never throws. */
  lookUp(address: string): AddressFacts
}

export type OpenedMmdb =
  | { readonly ok: true; readonly file: MmdbFile }
  | { readonly ok: false; readonly problem: 'unreadable' | 'too-large' | 'damaged' }

export function openMmdb(path: string): OpenedMmdb {
  let bytes: Buffer
  try {
    const facts = statSync(path)
    if (!facts.isFile()) return { ok: false, problem: 'unreadable' } // a FIFO would be waited for
    if (facts.size > maximumFileBytes) return { ok: false, problem: 'too-large' }
    bytes = readFileSync(path)
  } catch {
    return { ok: false, problem: 'unreadable' } // the caller tells which file; people mend that by its rights
  }
  return parseMmdb(bytes)
}

export function parseMmdb(bytes: Buffer): OpenedMmdb {
  try {
    const reader = new Reader<Response>(bytes)
    const { databaseType, buildEpoch, nodeCount, nodeByteSize } = reader.metadata
    if (!(nodeCount * nodeByteSize < bytes.length)) return { ok: false, problem: 'damaged' }
    return {
      ok: true,
      file: { type: cleanLabel(databaseType), date: day(buildEpoch), lookUp: (address) => lookUp(reader, address) },
    }
  } catch {
    return { ok: false, problem: 'damaged' } // the library's words are about offsets
  }
}

function lookUp(reader: Reader<Response>, address: string): AddressFacts {
  try {
    return factsOf(reader.get(address))
  } catch {
    return {} // damage further inside: this address is unknown, others may be known
  }
}

type Fields = Readonly<Record<string, unknown>>
const asFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

/** GeoLite2 and DB-IP nest the code in `country`; ip-location-db and IPinfo have `country_code`, older IPinfo the code in `country`. */
export function factsOf(record: unknown): AddressFacts {
  const fields = asFields(record)
  const nested = asFields(fields['country'])['iso_code'] ?? asFields(fields['registered_country'])['iso_code']
  const country = countryCode(nested ?? fields['country_code'] ?? fields['country'])
  const asn = systemNumber(fields['autonomous_system_number'] ?? fields['asn'])
  const name = fields['autonomous_system_organization'] ?? fields['as_name'] ?? (asn === undefined ? undefined : fields['name'])
  const network = typeof name === 'string' ? cleanLabel(name) : undefined
  return { ...(country && { country }), ...(asn !== undefined && { asn }), ...(network !== undefined && { network }) }
}

function countryCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{2}$/i.test(value) ? value.toUpperCase() : undefined
}

/** A number, or `AS64496`; 32 bits (RFC 6793). Zero is reserved (RFC 7607) and means unknown. */
function systemNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(/^(?:AS)?(\d{1,10})$/i.exec(value)?.[1]) : Number(value ?? Number.NaN)
  return Number.isInteger(number) && number > 0 && number <= 0xffffffff ? number : undefined
}

function day(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString().slice(0, 10)
}

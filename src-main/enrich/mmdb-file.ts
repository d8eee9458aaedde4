/**
 * A file of the MaxMind DB format (version 2.0 of its specification): addresses to facts. Reads what the usual files say: GeoLite2 and
 * DB-IP Lite, IPinfo Lite, ip-location-db. The file may be anything; what cannot be read is a problem, not an exception.
 */
import type { KnownAbout } from '../../src-shared/model/known-names.ts'
import { cleanLabel } from './clean-name.ts'
import { decodeMmdb, MmdbDamage } from './mmdb-decoder.ts'
import { MmdbTree, separatorBytes, type MmdbTreeFacts } from './mmdb-tree.ts'

export type AddressFacts = Pick<KnownAbout, 'country' | 'asn' | 'network'>

export interface MmdbFile {
  readonly type: string | undefined
  /** ISO 8601 day the file was made. */
  readonly date: string | undefined
  /** Damage was found in a record: the file tells nothing any more. */
  readonly isDamaged: boolean
  /** Empty where the file knows nothing. Never throws. */
  lookUp(address: string): AddressFacts
}

export type ParsedMmdb = { readonly ok: true; readonly file: MmdbFile } | { readonly ok: false; readonly problem: 'damaged' }

/** The last mark begins the metadata, within the last 128 KiB (section "Database Metadata"). */
const metadataMark = Buffer.from('\u{ab}\u{cd}\u{ef}MaxMind.com', 'latin1')
export const metadataBytes = 128 * 1024 + metadataMark.length
const metadataFields = new Set(['build_epoch', 'database_type', 'ip_version', 'node_count', 'record_size'])
const recordFields = new Set([
  'country',
  'registered_country',
  'iso_code',
  'country_code',
  'autonomous_system_number',
  'asn',
  'autonomous_system_organization',
  'as_name',
  'name',
])

/** Whether the last `metadataBytes` of a file can be those of such a file. */
export function hasMmdbMark(tail: Buffer): boolean {
  return tail.includes(metadataMark)
}

export function parseMmdb(bytes: Buffer): ParsedMmdb {
  try {
    const marked = bytes.subarray(Math.max(0, bytes.length - metadataBytes)).lastIndexOf(metadataMark)
    if (marked === -1) return { ok: false, problem: 'damaged' }
    const start = Math.max(0, bytes.length - metadataBytes) + marked + metadataMark.length
    const fields = asFields(decodeMmdb(bytes, start, start, metadataFields))
    const facts = treeFacts(fields)
    const type = fields['database_type']
    if (facts === undefined || typeof type !== 'string') return { ok: false, problem: 'damaged' }
    return { ok: true, file: new ParsedFile(bytes, new MmdbTree(bytes, facts), cleanLabel(type), day(fields['build_epoch'])) }
  } catch (error) {
    return damagedBy(error)
  }
}

class ParsedFile implements MmdbFile {
  readonly type: string | undefined
  readonly date: string | undefined
  readonly #bytes: Buffer
  readonly #tree: MmdbTree
  #isDamaged = false

  constructor(bytes: Buffer, tree: MmdbTree, type: string | undefined, date: string | undefined) {
    this.#bytes = bytes
    this.#tree = tree
    this.type = type
    this.date = date
  }

  get isDamaged(): boolean {
    return this.#isDamaged
  }

  lookUp(address: string): AddressFacts {
    if (this.#isDamaged) return {}
    try {
      const at = this.#tree.find(address)
      return at === undefined ? {} : factsOf(decodeMmdb(this.#bytes, this.#tree.byteLength + separatorBytes, at, recordFields))
    } catch (error) {
      this.#isDamaged = !damagedBy(error).ok
      return {}
    }
  }
}

/** Any other error is a defect of ours and stays one. */
function damagedBy(error: unknown): { readonly ok: false; readonly problem: 'damaged' } {
  if (error instanceof MmdbDamage) return { ok: false, problem: 'damaged' }
  throw error
}

function treeFacts(fields: Fields): MmdbTreeFacts | undefined {
  const { node_count: nodeCount, record_size: recordBits, ip_version: ipVersion } = fields
  if (typeof nodeCount !== 'number' || !Number.isSafeInteger(nodeCount)) return undefined
  if (recordBits !== 24 && recordBits !== 28 && recordBits !== 32) return undefined
  return ipVersion === 4 || ipVersion === 6 ? { nodeCount, recordBits, ipVersion } : undefined
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

/** Unix seconds to the day; undefined for what no calendar has. */
function day(seconds: unknown): string | undefined {
  const time = new Date(Number(seconds) * 1000)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString().slice(0, 10)
}

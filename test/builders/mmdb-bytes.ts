/** Files of the MaxMind DB format 2.0, byte by byte: an IPv4 tree of 24-bit records, maps, strings and 32-bit numbers. */

type Value = string | number | { readonly [key: string]: Value }

export interface MmdbFacts {
  readonly type: string
  readonly builtAtSeconds: number
}

/** Separates the tree from the data; section "Data Section Separator". */
const separator = Buffer.alloc(16)
const metadataMark = Buffer.from('\u{ab}\u{cd}\u{ef}MaxMind.com', 'latin1')

export function mmdbBytes({ type, builtAtSeconds }: MmdbFacts, entries: readonly (readonly [network: string, record: Value])[]): Buffer {
  const data: Buffer[] = []
  let dataLength = 0
  const leaves = entries.map(([network, record]) => {
    const at = dataLength
    const bytes = encoded(record)
    data.push(bytes)
    dataLength += bytes.length
    return { network, at }
  })
  const nodes: [Child, Child][] = [[undefined, undefined]]
  for (const { network, at } of leaves) insert(nodes, network, at)
  const tree = Buffer.concat(nodes.flatMap((node) => node.map((child) => record24(child, nodes.length))))
  const metadata = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: builtAtSeconds,
    database_type: type,
    ip_version: 4,
    node_count: nodes.length,
    record_size: 24,
  })
  return Buffer.concat([tree, separator, ...data, metadataMark, metadata])
}

type Child = { readonly node: number } | { readonly data: number } | undefined

function insert(nodes: [Child, Child][], network: string, at: number): void {
  const [address = '', bitsText = ''] = network.split('/')
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  const bits = Number(bitsText)
  let node = 0
  for (let bit = 0; bit < bits; bit += 1) {
    const side = Math.floor(number / 2 ** (31 - bit)) % 2 === 0 ? 0 : 1
    const pair = nodes[node] as [Child, Child]
    if (bit === bits - 1) {
      pair[side] = { data: at }
      return
    }
    const child = pair[side]
    if (child !== undefined && 'node' in child) node = child.node
    else {
      nodes.push([undefined, undefined])
      pair[side] = { node: nodes.length - 1 }
      node = nodes.length - 1
    }
  }
}

function record24(child: Child, nodeCount: number): Buffer {
  const value = child === undefined ? nodeCount : 'node' in child ? child.node : nodeCount + separator.length + child.data
  return Buffer.from([value >>> 16, (value >>> 8) & 255, value & 255])
}

/** Types 2 (string), 6 (unsigned 32 bits) and 7 (map). */
function encoded(value: Value): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([control(2, bytes.length), bytes])
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(6, 4), bytes])
  }
  const fields = Object.entries(value)
  return Buffer.concat([control(7, fields.length), ...fields.flatMap(([name, field]) => [encoded(name), encoded(field)])])
}

/** Sizes from 29 on take another byte. */
function control(type: number, size: number): Buffer {
  return size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29])
}

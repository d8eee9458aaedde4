/** What is remembered of one process between looks: which of its descriptors are sockets, and where new ones must appear. */
const initialDescriptors = 64

/** What a descriptor was when last probed. */
export const descriptorFree = 0
export const descriptorOther = 1
export const descriptorSocket = 2

export class KnownProcess {
  readonly pid: number
  /** Handle on the process' descriptor directory; bound to this very process. */
  readonly handle: number
  /** By descriptor number. */
  inode = new Uint32Array(initialDescriptors)
  kind = new Uint8Array(initialDescriptors)
  /** Highest descriptor known to be open, -1 when none is. */
  highest = -1
  /** Descriptors known to be open. */
  known = 0
  /** Open descriptors as the kernel counts them. */
  size = 0
  sizeAtScan = -1
  /** Descriptors that were seen free, or hold a socket newer than the table: the lowest of them are filled first. */
  freed: number[] = []
  /** Gaps below `highest` at the last full scan. */
  holes: number[] = []
  /** How often a descriptor was found with the same socket that is in no table (a unix socket, most often). */
  readonly unchangedLooks = new Map<number, number>()
  /** Sockets of the table that this process holds. */
  sockets = 0
  lastScan = 0
  lastHit = 0
  /** Next descriptor of the rotating verification. */
  verifyAt = 0
  denied = false
  /** Reference in the process table, 0 until its facts were read. */
  reference = 0
  factsReadAt = 0

  constructor(pid: number, handle: number) {
    this.pid = pid
    this.handle = handle
  }

  reserve(descriptor: number): void {
    if (descriptor < this.kind.length) return
    let capacity = this.kind.length
    while (capacity <= descriptor) capacity *= 2
    const inode = new Uint32Array(capacity)
    inode.set(this.inode)
    this.inode = inode
    const kind = new Uint8Array(capacity)
    kind.set(this.kind)
    this.kind = kind
  }
}

/**
 * What can be said about an address beside its digits. Names are claims: a host name is what whoever runs the address says it is called,
 * a country is where a data base places it. All of it is text from outside, made fit to show; what is unknown is absent.
 */
import type { KnownAbout } from '../model/known-names.ts'

/** A few screens of rows; who wants more asks again. */
export const maximumAddressesPerCall = 200

export interface AddressNames extends KnownAbout {
  /** As it was asked. */
  readonly address: string
  /** The host name is being looked up: ask again in a moment. */
  readonly pending?: true
}

/** Names of ports, as registered with IANA. One number may stand under `both`, or differ by protocol. */
export interface ServiceNameList {
  readonly both: Readonly<Record<string, string>>
  readonly tcp: Readonly<Record<string, string>>
  readonly udp: Readonly<Record<string, string>>
}

/** Data that came with the program, to be named where it is used. */
export interface DataSource {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly link: string
  /** The day the data was made, ISO 8601. */
  readonly date?: string
}

/** A file of the user's own. */
export interface NetworkFile {
  /** Its name without the folder. */
  readonly name: string
  /** What the file calls itself, such as GeoLite2-ASN. */
  readonly type?: string
  readonly date?: string
  /** Why it is not used. */
  readonly problem?: 'unreadable' | 'too-large' | 'damaged'
}

export interface NameSources {
  /** Absent: not part of this build. */
  readonly services?: DataSource
  readonly countries?: DataSource
  /** Where the host looks for further .mmdb files; an interface shows it, and nothing takes one back. */
  readonly folder: string
  readonly files: readonly NetworkFile[]
}

export const whoisProblems = [
  /** Private, loopback and other addresses that no registry knows. */
  'not-public',
  'unreachable',
  'timeout',
  /** As many as may run at once are running. */
  'busy',
] as const
export type WhoisProblem = (typeof whoisProblems)[number]

export interface WhoisPart {
  readonly server: string
  /** Lines end in a line feed. */
  readonly text: string
  /** True: the server had more to say, or the connection broke. */
  readonly cut?: true
}

export interface WhoisAnswer {
  readonly address: string
  /** In the order they were asked. */
  readonly parts: readonly WhoisPart[]
  readonly problem?: WhoisProblem
  /** Whom the problem is with. */
  readonly server?: string
}

/** How values become text in one language. Made once per language and dialect; the formatters inside are costly to build. */
import type { TcpState } from '../../src-shared/model/tcp-state.ts'

/** Looks a message up; `parameters` fill its placeholders. */
export type Translate = (key: string, parameters?: Readonly<Record<string, string | number>>) => string

export interface CellFormat {
  readonly translate: Translate
  /** A TCP state in the words of the reader's dialect. */
  readonly stateText: (state: TcpState) => string
  readonly integer: (value: number) => string
  readonly bytes: (value: number) => string
  /** Bytes per second. */
  readonly rate: (value: number) => string
  readonly milliseconds: (value: number) => string
  /** A time span in milliseconds as people say it: "12 s", "3 min". */
  readonly duration: (milliseconds: number) => string
  /** Time of day of a Unix time in milliseconds, with the date when it is not the day of `nowMs`. */
  readonly time: (unixMs: number, nowMs: number) => string
}

export interface CellFormatOptions {
  /** BCP 47 tag, for example "zh-CN". */
  readonly locale: string
  readonly translate: Translate
  readonly stateText: (state: TcpState) => string
  /** IANA name; the machine's zone when left out. */
  readonly timeZone?: string
}

export declare function createCellFormat(options: CellFormatOptions): CellFormat

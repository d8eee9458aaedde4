import type { Connection } from '../../src-shared/model/connection.ts'
import type { Agent } from './agent-link.ts'

/** A row of the system's own tool, in the product's words. */
export interface SystemRow {
  readonly protocol: string
  /** Absent for UDP. */
  readonly state?: string
  /** Address and port, without brackets. */
  readonly local: string
  /** Absent where there is no peer. */
  readonly remote?: string
  /** Where the tool tells it. */
  readonly pid?: number
}

/** A Windows, real or Wine, with an agent on it. */
export interface WindowsMachine {
  readonly agent: Agent
  /** The next agent that was started as a child. */
  nextAgent(): Promise<Agent>
  /** What the system's own tool says of the sockets that these tests are about, and how long it took. */
  systemRows(): Promise<{ readonly rows: readonly SystemRow[]; readonly tookMs: number }>
  /** Whether these tests are about this connection of the product's table. */
  concerns(connection: Connection): boolean
  end(): Promise<void>
}

export interface WindowsTraits {
  /** Wine: SetTcpEntry answers success and closes nothing. */
  readonly closes: boolean
  /** Wine: its netstat tells neither owners nor IPv6. */
  readonly netstatWorks: boolean
  readonly systemTool: string
}

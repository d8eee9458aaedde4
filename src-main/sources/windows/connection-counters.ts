/** Byte counts of single connections, where the system may be asked to collect them. */
export interface ConnectionCounters {
  /** Called before the rows of a look. */
  begin(): void
  /** Writes what is collected for the connection of this record, if anything is. */
  fill(record: Uint32Array): void
}

export interface AptArchive {
  readonly uri: string
  readonly suites: readonly string[]
  readonly components: readonly string[]
  readonly signedBy?: string
}
export function parseAptSources(text: string, kind: 'deb822' | 'one-line'): AptArchive[]
export function releaseArchives(sources: readonly AptArchive[]): AptArchive[]

/** What a test machine is started with. */
export interface Wine {
  readonly cache: string
  /** Arguments of `unshare`. */
  readonly unshare: readonly string[]
  readonly tree: string
  readonly nodeExe: string
  readonly koffi: string
}
export function provideWine(root: string): { readonly wine: Wine } | { readonly skipped: string }

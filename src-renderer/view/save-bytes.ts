/**
 * Offers bytes, or text as UTF-8, as a file to save: the browser's download, or the application's dialog. A link within the page, so
 * that neither the content policy nor the confinement of navigation has to know of it.
 */
export function saveBytes(parts: readonly BlobPart[], name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has taken its own hold of the bytes only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), releaseAfterMs)
}

/** A person may be asked where to save before the bytes are read. */
const releaseAfterMs = 60_000

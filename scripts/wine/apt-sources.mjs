// Reads where a machine gets its Debian packages from; does not fetch anything.

/**
 * The archives named by an apt sources file: of the deb822 kind (`.sources`) or of the one-line kind (`.list`). Switched-off and
 * source-only entries are left out. `signedBy` is a keyring file, absent where the entry names none.
 */
export function parseAptSources(text, kind) {
  return kind === 'deb822' ? parseDeb822(text) : parseOneLine(text)
}

/** Archives that can have other releases than the named ones: a pool with suites, over http(s), no security-only archive. */
export function releaseArchives(sources) {
  const usable = sources.filter(({ uri, suites }) => /^https?:/.test(uri) && suites.some((suite) => /^[a-z]+$/.test(suite)))
  const seen = new Set()
  return usable.filter(({ uri }) => !seen.has(uri) && seen.add(uri))
}

function parseDeb822(text) {
  return text
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter((fields) => words(fields.types).includes('deb') && (fields.enabled ?? 'yes').toLowerCase() !== 'no')
    .flatMap((fields) =>
      words(fields.uris).map((uri) => entry(uri, words(fields.suites), words(fields.components), fields['signed-by']?.trim())),
    )
}

function fieldsOf(paragraph) {
  const fields = {}
  let last
  for (const line of paragraph.split('\n').filter((one) => !one.startsWith('#'))) {
    const field = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(line)
    if (field !== null) fields[(last = field[1].toLowerCase())] = field[2]
    else if (last !== undefined) fields[last] += `\n${line}` // a folded field goes on on lines that begin with a blank
  }
  return fields
}

function parseOneLine(text) {
  return text.split('\n').flatMap((line) => {
    const parts = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line)
    if (parts === null) return []
    const signedBy = /(?:^|\s)signed-by=(\S+)/.exec(parts[1] ?? '')?.[1]
    return [entry(parts[2], [parts[3]], words(parts[4]), signedBy)]
  })
}

/** A key given inline (deb822) is no file that another list could name. */
function entry(uri, suites, components, signedBy) {
  const keyring = signedBy?.startsWith('/') ? { signedBy } : {}
  return { uri: uri.replace(/\/+$/, ''), suites, components, ...keyring }
}

function words(text = '') {
  return text.split(/\s+/).filter(Boolean)
}

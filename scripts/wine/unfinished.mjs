/** Names of folders in the cache that are being made; they are moved to their real name when complete. */
export const unfinishedPrefix = 'unfinished-'

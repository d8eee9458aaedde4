import packageFile from '../../package.json' with { type: 'json' }

/** This program's version; read from the file that releases it. */
export const version: string = packageFile.version

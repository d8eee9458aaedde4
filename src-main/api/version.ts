import packageJson from '../../package.json' with { type: 'json' }

/** Sockscope's version, as package.json has it. */
export const { version } = packageJson

export function checkNative(folder: string, platform: 'linux' | 'win32' | 'darwin', processor: 'x64' | 'arm64'): void
export function machineOf(bytes: Buffer, platform: 'linux' | 'win32' | 'darwin'): number | undefined

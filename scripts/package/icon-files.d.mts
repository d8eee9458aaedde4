export const trayIcoSizes: readonly number[]
export function icoFile(png: (size: number) => Buffer, sizes?: readonly number[]): Buffer
export function icnsFile(png: (size: number) => Buffer): Buffer

export function icoFile(png: (size: number) => Buffer): Buffer
export function icnsFile(png: (size: number) => Buffer): Buffer

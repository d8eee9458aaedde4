import type { Plugin } from 'vite'

export function enrichmentData(folder: string): Plugin
type Names = Record<string, string>
export function serviceNames(registry: Readonly<Record<string, readonly [string, string]>>): { both: Names; tcp: Names; udp: Names }

import type { Plugin } from 'vite'
export function thirdPartyNotices(folder: string, name: string): Plugin

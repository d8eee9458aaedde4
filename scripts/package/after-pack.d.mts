import type { AfterPackContext } from 'electron-builder'
export default function afterPack(context: AfterPackContext): void

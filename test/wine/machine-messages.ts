/** What the test process and the machine (the namespace with Wine in it) tell each other over Node's IPC. */

export type ToMachine =
  | { readonly type: 'text'; readonly agent: number; readonly text: string }
  | { readonly type: 'run'; readonly id: number; readonly file: string; readonly args: readonly string[] }
  | { readonly type: 'end' }

export type FromMachine =
  | { readonly type: 'agent'; readonly agent: number }
  | { readonly type: 'text'; readonly agent: number; readonly text: string }
  | { readonly type: 'gone'; readonly agent: number }
  | { readonly type: 'ran'; readonly id: number; readonly output: string; readonly tookMs: number; readonly error?: string }
  | { readonly type: 'failed'; readonly reason: string }

/** The folder of one run as the programs in the tree see it, and the part of it that is the same for every run. */
export const insideFolder = '/run/sockscope'

export interface MachinePlan {
  readonly tree: string
  /** Host folder that becomes `insideFolder`; holds node.exe, agent.cjs and node_modules. */
  readonly folder: string
}

/** What a desktop would show or do is recorded here, for tests to look at. */
export const records = {
  /** Uncaught errors of pages. */
  errors: [] as Error[],
  /** Links and files given to other programs. */
  opened: [] as string[],
  dialogs: [] as { kind: string; options: unknown }[],
  /** What the next dialogs answer. */
  answers: [] as unknown[],
  aboutPanels: 0,
  /** Pids of living utility processes by service name. */
  utilities: new Map<string, number>(),
  /** The primary one first. */
  displays: [display({ x: 0, y: 0, width: 1920, height: 1040 })],
}

export function display(workArea: Electron.Rectangle, { id = 1, scaleFactor = 1 } = {}): Electron.Display {
  return { id, workArea, bounds: workArea, scaleFactor } as Electron.Display
}

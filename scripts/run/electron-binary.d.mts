interface Surroundings {
  readonly platform?: string
  readonly env?: NodeJS.ProcessEnv
}
export function electronBinary(root: string, surroundings?: Surroundings): string | undefined
export function hasDisplay(surroundings?: Surroundings): boolean
export function installElectron(root: string, node: string, env: NodeJS.ProcessEnv): Promise<boolean>
export function sandboxObstacle(binary: string): string | undefined

/**
 * /proc/PID/cgroup (cgroups(7)): which systemd unit and which container a process belongs to. Pure and total. Paths are chosen by
 * whoever may create control groups, so they are a hint and no proof.
 */
import type { ContainerMembership } from '../../../src-shared/contract/process-details.ts'

export interface ControlGroupFacts {
  readonly unit?: string
  readonly slice?: string
  readonly container?: ContainerMembership
}

/** A dozen hierarchies of version 1 with deep paths; the rest of a longer file says nothing new. */
const longestText = 32_768
/** systemd's UNIT_NAME_MAX. */
const longestName = 255
const hexId = '[0-9a-f]{64}'

interface RuntimePattern {
  readonly runtime: ContainerMembership['runtime']
  readonly pattern: RegExp
}

/** The first that fits. `conmon` is podman's and CRI-O's supervisor outside the container. */
const runtimePatterns: readonly RuntimePattern[] = [
  { runtime: 'docker', pattern: new RegExp(`/docker[-/](${hexId})(?:\\.scope)?(?:/|$)`, 'u') },
  { runtime: 'containerd', pattern: new RegExp(`[/:](?:cri-containerd|nerdctl)[-:](${hexId})(?:\\.scope)?(?:/|$)`, 'u') },
  { runtime: 'cri-o', pattern: new RegExp(`/crio-(${hexId})(?:\\.scope)?(?:/|$)`, 'u') },
  { runtime: 'podman', pattern: new RegExp(`/libpod-(${hexId})(?:\\.scope)?(?:/|$)`, 'u') },
  { runtime: 'kubernetes', pattern: new RegExp(`/kubepods[^\\n]{0,400}/(${hexId})(?:/|$)`, 'u') },
  { runtime: 'lxc', pattern: /\/lxc(?:\.payload)?[./]([^/\n]{1,200})(?:\/|$)/u },
  { runtime: 'nspawn', pattern: /\/machine\.slice\/(?:machine-|systemd-nspawn@)([^/\n]{1,200})\.(?:scope|service)(?:\/|$)/u },
]
const podPattern = /\/(?:kubepods[^/\n]{0,60}-)?pod([0-9a-f]{8}[-_][0-9a-f_-]{20,40}|[0-9a-f]{32})(?:\.slice)?(?:\/|$)/u

export function parseControlGroup(text: string): ControlGroupFacts {
  const lines = text
    .slice(0, longestText)
    .split('\n')
    .flatMap((line) => readLine(line) ?? [])
  const systemd = lines.find(({ controllers }) => controllers === 'name=systemd') ?? lines.find(({ controllers }) => controllers === '')
  const container = lines.map(({ path }) => containerOf(path)).find((found) => found !== undefined)
  return { ...(systemd === undefined ? {} : unitOf(systemd.path)), ...(container === undefined ? {} : { container }) }
}

/** hierarchy:controllers:path; the path may hold colons itself. */
function readLine(line: string): { readonly controllers: string; readonly path: string } | undefined {
  const match = /^\d{1,9}:([^:]*):(\/.*)$/u.exec(line)
  return match === null ? undefined : { controllers: match[1] ?? '', path: match[2] ?? '' }
}

/** The innermost service or scope, and the slice around it. */
function unitOf(path: string): Pick<ControlGroupFacts, 'unit' | 'slice'> {
  const names = path.split('/').filter((name) => name.length > 0 && name.length <= longestName)
  const at = names.findLastIndex((name) => /.\.(?:service|scope)$/u.test(name))
  const slice = (at === -1 ? names : names.slice(0, at)).findLast((name) => /.\.slice$/u.test(name))
  const unit = names[at]
  return { ...(unit === undefined ? {} : { unit }), ...(slice === undefined ? {} : { slice }) }
}

function containerOf(path: string): ContainerMembership | undefined {
  for (const { runtime, pattern } of runtimePatterns) {
    const id = pattern.exec(path)?.[1]
    if (id === undefined) continue
    const pod = podPattern.exec(path)?.[1]?.replaceAll('_', '-')
    return pod === undefined ? { runtime, id } : { runtime, id, pod }
  }
  return undefined
}

/** advapi32.dll, shell32.dll and pipes of kernel32.dll: who we are, and asking to be more. Names and order of the vendor; no decisions. */
import { openLibrary } from './dynamic-library.ts'

type Bytes = Uint8Array

export interface ElevationCalls {
  /** `token` takes a HANDLE. */
  OpenProcessToken(process: number, access: number, token: Bytes): number
  /** `needed` is a DWORD. */
  GetTokenInformation(token: number, informationClass: number, information: Bytes, length: number, needed: Bytes): number
  /** A pseudo handle that needs no closing. */
  GetCurrentProcess(): number
  /**
   * SHELLEXECUTEINFOW and the texts it points at. Blocks while the prompt is up, so it runs on a thread of its own; answers success and
   * the error.
   */
  ShellExecuteExW(info: Bytes, texts: readonly Bytes[]): Promise<{ readonly ok: boolean; readonly error: number }>
  /** Answers a handle, -1 when refused. */
  CreateFileW(path: Bytes, access: number, share: number, security: null, creation: number, flags: number, template: number): number
  /** `pid` is a ULONG. */
  GetNamedPipeServerProcessId(pipe: number, pid: Bytes): number
}

/** What a running call points at must not be collected before it has returned. */
const pointedAt = new Set<readonly Bytes[]>()

export function loadElevationCalls(getLastError: () => number): ElevationCalls {
  const advapi32 = openLibrary('advapi32.dll')
  const kernel32 = openLibrary('kernel32.dll')
  const execute = openLibrary('shell32.dll').declare('int ShellExecuteExW(void *)', 0) as {
    async(info: Bytes, done: (error: unknown, result: number) => void): void
  }
  return {
    OpenProcessToken: advapi32.declare('int OpenProcessToken(intptr_t, uint32_t, void *)', 0),
    GetTokenInformation: advapi32.declare('int GetTokenInformation(intptr_t, int, void *, uint32_t, void *)', 0),
    GetCurrentProcess: kernel32.declare('intptr_t GetCurrentProcess()', 0),
    ShellExecuteExW: (info, texts) =>
      new Promise((resolve, reject) => {
        pointedAt.add(texts)
        execute.async(info, (error, result) => {
          pointedAt.delete(texts)
          // koffi carries the thread's error code over to this callback.
          if (error === null || error === undefined) resolve({ ok: result !== 0, error: result === 0 ? getLastError() : 0 })
          else reject(new Error('ShellExecuteExW could not be called', { cause: error }))
        })
      }),
    CreateFileW: kernel32.declare('intptr_t CreateFileW(const void *, uint32_t, uint32_t, void *, uint32_t, uint32_t, intptr_t)', -1),
    GetNamedPipeServerProcessId: kernel32.declare('int GetNamedPipeServerProcessId(intptr_t, void *)', 0),
  }
}

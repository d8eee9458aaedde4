/** ntdll.dll, kernel32.dll and sechost.dll: processes, their images, the services in them. Names and order of the vendor; no decisions. */
import koffi from 'koffi'
import { openLibrary } from './dynamic-library.ts'
import { ERROR_PROC_NOT_FOUND, STATUS_ENTRYPOINT_NOT_FOUND } from './error-names.ts'

type Bytes = Uint8Array

export interface ProcessCalls {
  /** Answers an NTSTATUS; `returnLength` is a ULONG. */
  NtQuerySystemInformation(informationClass: number, information: Bytes, length: number, returnLength: Bytes): number
  /** Answers a handle, 0 when refused (GetLastError tells why). */
  OpenProcess(access: number, inherit: number, pid: number): number
  CloseHandle(handle: number): number
  /** Four FILETIMEs: creation, exit, kernel, user. */
  GetProcessTimes(process: number, creation: Bytes, exit: Bytes, kernel: Bytes, user: Bytes): number
  TerminateProcess(process: number, exitCode: number): number
  /** 0 when the process has ended, 258 when it has not. */
  WaitForSingleObject(handle: number, timeoutMs: number): number
  /** UTF-16 text; `size` is a DWORD in characters, in and out. */
  QueryFullProcessImageNameW(process: number, flags: number, path: Bytes, size: Bytes): number
  /** Answers the characters written: NT paths of a drive such as `C:`. */
  QueryDosDeviceW(device: Bytes, paths: Bytes, maximumCharacters: number): number
  /** The error of the last call that answered 0. */
  GetLastError(): number
  /** Copies at most `maximum` characters of zero-terminated text, the zero included, into our own bytes. */
  lstrcpynW(target: Bytes, source: bigint, maximum: number): unknown
  LocalFree(memory: bigint): unknown
  /** SC_SERVICE_TAG_QUERY in and out; answers a Win32 error. */
  I_QueryTagInformation(machine: null, level: number, query: Bytes): number
  /** The address of our own bytes, to read pointers into them. They must not be garbage before they are read. */
  addressOf(bytes: Bytes): bigint
}

export function loadProcessCalls(): ProcessCalls {
  const kernel32 = openLibrary('kernel32.dll')
  const refused = (prototype: string): never => kernel32.declare(prototype, 0)
  // Two arguments more than the call has: with four or fewer, Wine's dispatcher reads past the end of koffi's stack and never
  // returns. On Windows they are harmless.
  const query = openLibrary('ntdll.dll').declare(
    'uint32_t NtQuerySystemInformation(int, void *, uint32_t, void *, intptr_t, intptr_t)',
    STATUS_ENTRYPOINT_NOT_FOUND,
  ) as (...args: readonly unknown[]) => number
  return {
    NtQuerySystemInformation: (informationClass, information, length, returnLength) =>
      query(informationClass, information, length, returnLength, 0, 0),
    OpenProcess: refused('intptr_t OpenProcess(uint32_t, int, uint32_t)'),
    CloseHandle: refused('int CloseHandle(intptr_t)'),
    GetProcessTimes: refused('int GetProcessTimes(intptr_t, void *, void *, void *, void *)'),
    TerminateProcess: refused('int TerminateProcess(intptr_t, uint32_t)'),
    WaitForSingleObject: kernel32.declare('uint32_t WaitForSingleObject(intptr_t, uint32_t)', 0xffffffff),
    QueryFullProcessImageNameW: refused('int QueryFullProcessImageNameW(intptr_t, uint32_t, void *, void *)'),
    QueryDosDeviceW: refused('uint32_t QueryDosDeviceW(const void *, void *, uint32_t)'),
    GetLastError: kernel32.declare('uint32_t GetLastError()', ERROR_PROC_NOT_FOUND),
    lstrcpynW: refused('void *lstrcpynW(void *, const void *, int)'),
    LocalFree: refused('void *LocalFree(void *)'),
    I_QueryTagInformation: openLibrary('sechost.dll').declare(
      'uint32_t I_QueryTagInformation(const void *, int, void *)',
      ERROR_PROC_NOT_FOUND,
    ),
    addressOf: (bytes) => koffi.address(bytes),
  }
}

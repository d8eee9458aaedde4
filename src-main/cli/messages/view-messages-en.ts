/** What `list --view` says beside the list, in English; the type is the law for the other languages. */
import type { ViewTextProblem } from '../../../src-shared/model/view-text.ts'

export const viewMessagesEn = {
  unknown: (name: string) => `--view: there is no saved view "${name}", and no file of that name.`,
  known: (names: string) => `Saved views: ${names}.`,
  noneKnown: (file: string) =>
    `No view is saved in ${file}. Save one in the window (Views, Save this view), or give a file with the text of a view.`,
  settingsBad: (file: string, reason: string) =>
    `The settings file ${file} could not be read as a whole (${reason}); saved views may be missing.`,
  notAFile: (file: string) => `--view: ${file} is not a regular file.`,
  unreadable: (file: string, reason: string) => `--view: ${file} could not be read (${reason}).`,
  input: 'standard input',
  problem: {
    'no-view': (from: string) => `--view: ${from} has no text of a view. It begins with sockscope-view:1.`,
    newer: (from: string) => `--view: the view in ${from} is of another version of Sockscope.`,
    'no-page': (from: string) => `--view: the view in ${from} does not say its page, for example page=connections.`,
    'too-long': (from: string) => `--view: ${from} is too long for the text of a view.`,
  } satisfies Record<ViewTextProblem, (from: string) => string>,
  badQuery: (name: string) => `--view: the search of ${name} is not understood by this version:`,
  ignored: (parts: string) => `Of the view, not understood and left out: ${parts}.`,
  missing: (columns: string) => `Columns of the view that a list does not have: ${columns}.`,
  hostLeftOut: 'The column of host names is left out: add --resolve to have them looked up.',
  grouped: 'The view groups sockets; the list shows each of them.',
}

export type ViewMessages = typeof viewMessagesEn

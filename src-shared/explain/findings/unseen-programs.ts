/** The subject of titles where the program is not known: one, or whichever a user has. */
export const unknownProgramEn = 'An unknown program'
export const unknownProgramZhCn = '未知程序'

export function programsEn(user: string): string {
  return user === '' ? 'Programs that cannot be seen from here' : `Programs of ${user} that cannot be seen from here`
}

export function programsZhCn(user: string): string {
  return user === '' ? '从这里看不到的程序' : `${user} 的、从这里看不到的程序`
}

/** What keeps the table still. */
export const enStillness = {
  stillness: {
    held: {
      menu: 'Held while the menu is open',
      text: 'Held while text is selected',
      key: 'Held while {key} is down',
      export: 'Held while the file is written',
    },
    waitingRows: '{looks}: {added} new, {changed} changed, {removed} closed',
    sorting: 'Sorting',
    sortingAlways: 'Keep rows sorted at each look',
    sortingOnRequest: 'Only when I sort',
    sortingHelp: 'Only when I sort: rows keep their places and new ones go to the end, until you choose an order by a column title.',
    command: 'Keep rows sorted at each look',
  },
}

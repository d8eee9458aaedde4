/** The symbol in a state's pill: a reference to one drawing per state (StateSymbols.vue), so that painting a row draws nothing anew. */
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'

const svg = 'http://www.w3.org/2000/svg'

/** Id of the drawing for a state code. */
export function stateSymbolId(code: number): string {
  return `state-symbol-${code}`
}

export function createStateSymbol(): SVGElement {
  const element = document.createElementNS(svg, 'svg')
  element.setAttribute('class', 'pill-symbol')
  element.setAttribute('viewBox', '0 0 24 24')
  element.setAttribute('aria-hidden', 'true')
  element.append(document.createElementNS(svg, 'use'))
  return element
}

/** Shows nothing for rows without a state. */
export function showStateSymbol(element: SVGElement, code: number): void {
  const use = element.firstElementChild
  const known = code > 0 && code <= tcpStates.length
  element.style.display = known ? '' : 'none'
  if (known) use?.setAttribute('href', `#${stateSymbolId(code)}`)
  else use?.removeAttribute('href')
}

const reachable = 'a[href], button, input, select, textarea, summary, [tabindex]'

/** What Tab stops at within an element, in order. Unlike reka-ui's own search it knows that what a closed `details` holds is out of reach. */
export function tabStopsIn(root: Element): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(reachable)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true }),
  )
}

/** Keeps Tab within an element: from its last stop to the first, and back. For its `keydown`, before anybody else's. */
export function keepTabWithin(event: KeyboardEvent): void {
  const { currentTarget: root, key, shiftKey, altKey, ctrlKey, metaKey } = event
  if (key !== 'Tab' || altKey || ctrlKey || metaKey || !(root instanceof Element)) return
  const stops = tabStopsIn(root)
  const { activeElement } = document
  const edge = shiftKey ? stops[0] : stops.at(-1)
  if (edge === undefined || (activeElement !== edge && !(shiftKey && activeElement === root))) return
  event.preventDefault()
  event.stopPropagation()
  ;(shiftKey ? stops.at(-1) : stops[0])?.focus()
}

import { describe, expect, it } from 'vitest'
import { isWithinReach, placeWindow, type DisplayMark } from '../../src-main/electron/window-place.ts'

const mark = (id: number, x: number, y: number, width: number, height: number, scaleFactor = 1): DisplayMark => ({
  id,
  workArea: { x, y, width, height },
  scaleFactor,
})
const left = mark(1, 0, 0, 1920, 1040)
const right = mark(2, 1920, 0, 1280, 984, 2)
/** On the right one. */
const bounds = { x: 2000, y: 40, width: 1000, height: 700 }

describe('the place of a window on the display where it was', () => {
  it('is the same when nothing has changed, also partly beside it, as the person left it', () => {
    expect(placeWindow({ bounds, display: right }, [left, right])).toEqual(bounds)
    const aside = { ...bounds, x: 3000 }
    expect(placeWindow({ bounds: aside, display: right }, [left, right])).toEqual(aside)
  })
  it('moves with the display, wherever that lies now', () => {
    const onTheOtherSide = mark(2, -1280, 200, 1280, 984, 2)
    expect(placeWindow({ bounds, display: right }, [left, onTheOtherSide])).toEqual({ ...bounds, x: -1200, y: 240 })
  })
  it('is within it when it became smaller, as with another resolution or scale', () => {
    const smaller = mark(2, 1920, 0, 1024, 600, 2.5)
    expect(placeWindow({ bounds, display: right }, [left, smaller])).toEqual({ x: 1944, y: 0, width: 1000, height: 600 })
  })
  it('is found by size and scale when the system gave the display another number', () => {
    const renamed = mark(99, 1920, 0, 1280, 984, 2)
    expect(placeWindow({ bounds, display: right }, [left, renamed])).toEqual(bounds)
  })
  it('is there even for bounds of before it was maximised, on another display', () => {
    const before = { x: 100, y: 100, width: 900, height: 600 }
    expect(placeWindow({ bounds: before, display: right }, [left, right])).toEqual({ ...before, x: 1920 })
  })
})

describe('the place of a window whose display is gone, or was never told', () => {
  it('stays where its title bar can be reached', () => {
    expect(placeWindow({ bounds }, [left, right])).toEqual(bounds)
    expect(placeWindow({ bounds: { ...bounds, x: -500 } }, [left])).toEqual({ ...bounds, x: -500 })
  })
  it('is the display that it overlaps most', () => {
    const between = { x: 1700, y: 100, width: 1000, height: 700 }
    expect(placeWindow({ bounds: between, display: mark(3, 1600, 0, 1500, 900) }, [left, right])).toEqual(between)
    const belowTheRight = { ...bounds, x: 1900, y: 960 }
    expect(placeWindow({ bounds: belowTheRight }, [left, right])).toEqual({ x: 1920, y: 284, width: 1000, height: 700 })
  })
  it.each([
    ['below the screen', { ...bounds, x: 100, y: 1030 }, { x: 100, y: 340 }],
    ['above the screen', { ...bounds, x: 100, y: -50 }, { x: 100, y: 0 }],
    ['beside the screen but for a sliver', { ...bounds, x: 1900 }, { x: 920, y: 40 }],
  ])('is moved into sight %s', (_case, lost, seen) => {
    expect(placeWindow({ bounds: lost }, [left])).toEqual({ ...bounds, ...seen })
  })
  it('is the middle of the primary display when it overlaps none', () => {
    expect(placeWindow({ bounds: { ...bounds, x: 9000 }, display: mark(3, 8000, 0, 2000, 1000) }, [left, right])).toEqual({
      x: 460,
      y: 170,
      width: 1000,
      height: 700,
    })
  })
})

describe('the size of a window', () => {
  it('is not larger than the display and not below what is usable', () => {
    expect(placeWindow({ bounds: { ...bounds, width: 4000, height: 3000 } }, [left, right])).toEqual({
      x: 2000,
      y: 40,
      width: 1280,
      height: 984,
    })
    expect(placeWindow({ bounds: { ...bounds, width: 1, height: 1 } }, [right])).toMatchObject({ width: 640, height: 400 })
  })
  it('is there without a place and without a display; where, the window manager decides', () => {
    expect(placeWindow({}, [])).toEqual({ width: 1280, height: 800 })
    expect(placeWindow({}, [mark(1, 0, 0, 1024, 700)])).toEqual({ width: 1024, height: 700 })
    expect(placeWindow({ bounds }, [])).toEqual({ width: 1000, height: 700 })
  })
})

it('a window is within reach where one can take hold of its title bar', () => {
  expect(isWithinReach(bounds, [left, right])).toBe(true)
  expect(isWithinReach(bounds, [left])).toBe(false)
  expect(isWithinReach({ ...bounds, y: 970 }, [right])).toBe(false)
})

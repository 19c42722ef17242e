/**
 * What the oldest WebViews in the field (Chrome 90) lack and the libraries use.
 *
 * The router sorts its routes with `toSorted`, which came with Chrome 110; libraries read ends of lists with `at`,
 * which came with Chrome 92.
 */
type Compare<T> = (a: T, b: T) => number;

const NEWER = {
  at: function at<T>(this: T[], index: number): T | undefined {
    return this[index < 0 ? this.length + index : index];
  },
  toSorted: function toSorted<T>(this: T[], compare?: Compare<T>): T[] {
    return [...this].sort(compare);
  },
};

/** Gives lists what they lack; what they have stays. */
export function mendLists(lists: object = Array.prototype): void {
  for (const [name, value] of Object.entries(NEWER)) {
    if (!(name in lists)) Object.defineProperty(lists, name, { configurable: true, writable: true, value });
  }
}

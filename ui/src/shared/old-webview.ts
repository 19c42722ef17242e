/**
 * What the oldest WebViews in the field (Chrome 90) lack and the libraries use.
 *
 * The router sorts its routes with `toSorted`, which came with Chrome 110.
 */
type Compare<T> = (a: T, b: T) => number;

if (!('toSorted' in Array.prototype)) {
  Object.defineProperty(Array.prototype, 'toSorted', {
    configurable: true,
    writable: true,
    value: function toSorted<T>(this: T[], compare?: Compare<T>): T[] {
      return [...this].sort(compare);
    },
  });
}

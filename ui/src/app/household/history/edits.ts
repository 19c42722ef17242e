/** Which edits of a change mean something to a person. */
import { readPath } from '../fields';

const INNER = new Set(['order', 'origin', 'by', 'at', 'after', 'chosen', 'over', 'lat', 'lng']);

/** False for what the program writes for itself: order on the form, who and when inside a visit. */
export function isOfInterest(field: string): boolean {
  const path = readPath(field);
  return !('key' in path && path.of !== 'place' && INNER.has(path.key));
}

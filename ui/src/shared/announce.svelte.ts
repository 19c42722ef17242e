/** Words for people who listen instead of look; the frame reads them out politely. */

let words = $state('');

/** Reads a sentence out. The same sentence twice is read twice. */
export function announce(sentence: string): void {
  words = '';
  queueMicrotask(() => (words = sentence));
}

/** What is being read out. */
export function announced(): string {
  return words;
}

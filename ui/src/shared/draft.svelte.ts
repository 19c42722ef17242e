/** What is typed into a form outlives the program: it is kept on the device shortly after each letter, until it is saved. */
import { untrack } from 'svelte';
import { rpc } from '../host';
import type { DraftKey } from '../host/wire';

/** Long enough not to write at each letter, short enough that a dead battery takes hardly a word. */
const PAUSE_MS = 300;

/** A form whose draft is kept. */
export interface Drafted<T> {
  /** What was typed and is not saved; null for nothing. */
  content: () => T | null;
  /** Puts what was typed back into the form. */
  restore: (content: T) => void;
  /** Drops what was typed. */
  clear: () => void;
}

/** The draft on the device: what is written comes after what was asked, in the order of the calls. */
class Draft<T> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly key: DraftKey) {}

  /** A draft that cannot be kept is no reason to stop typing: saving says what is wrong with the device. */
  #then<A>(call: () => Promise<A>): Promise<A | null> {
    const done = this.#last.then(call).catch(() => null);
    this.#last = done;
    return done;
  }

  async read(): Promise<{ content: T; at: number } | null> {
    const found = await this.#then(() => rpc('draft.get', this.key));
    if (!found?.content || found.at === null) return null;
    return { content: JSON.parse(found.content) as T, at: found.at };
  }

  keep(content: T): void {
    clearTimeout(this.#timer);
    const text = JSON.stringify(content);
    this.#timer = setTimeout(
      () => void this.#then(() => rpc('draft.keep', { ...this.key, content: text })),
      PAUSE_MS,
    );
  }

  drop(): void {
    clearTimeout(this.#timer);
    void this.#then(() => rpc('draft.drop', this.key));
  }
}

/** A draft that was put back into its form. */
export interface Restored {
  /** When it was typed, seconds since 1970; null while nothing was put back. */
  readonly at: number | null;
  /** Drops it. */
  discard: () => void;
}

/** Keeps the drafts of a form, and puts the last one back. To be called while a component is made. */
export function drafted<T>(key: () => DraftKey, form: Drafted<T>): Restored {
  const draft = new Draft<T>(untrack(key));
  let at = $state<number | null>(null);
  let kept = false;

  void draft.read().then((found) => {
    if (!found || form.content() !== null) return;
    form.restore(found.content);
    // what cannot be put back, because it is saved by now, is no draft
    if (form.content() === null) draft.drop();
    else at = found.at;
  });

  function follow(content: T | null): void {
    if (content !== null) draft.keep(content);
    else if (kept) {
      draft.drop();
      at = null;
    }
    kept = content !== null;
  }

  $effect(() => {
    const content = form.content();
    untrack(() => follow(content));
  });
  // a form that is saved and left in one go has no time for the effect
  $effect(() => () => follow(untrack(form.content)));

  return {
    get at() {
      return at;
    },
    discard: form.clear,
  };
}

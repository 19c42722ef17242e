/** A few fields that belong together: those of a thing that exists, or of one that is being added. */
import { SvelteMap } from 'svelte/reactivity';
import type { Scalar } from '../../host/wire';
import type { Parsed } from '../../shared/parse';
import type { OpenHousehold } from './openhousehold.svelte';

/** What a form of several fields stands on. */
export interface Sheet {
  /** The value as the form shows it. */
  value(key: string): Scalar;
  /** Why it cannot be saved. */
  error(key: string): string | undefined;
  /** Takes what was typed. */
  enter(key: string, entry: Parsed): void;
}

/** The fields of something that is in the record. */
export function sheetOf(open: OpenHousehold, path: (key: string) => string): Sheet {
  return {
    value: (key) => open.value(path(key)),
    error: (key) => open.error(path(key)),
    enter: (key, entry) => open.enter(path(key), entry),
  };
}

/** The fields of something new. */
export class NewSheet implements Sheet {
  readonly #entries = new SvelteMap<string, Parsed>();

  value(key: string): Scalar {
    const entry = this.#entries.get(key);
    return entry && 'value' in entry ? entry.value : null;
  }

  error(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry && 'error' in entry ? entry.error : undefined;
  }

  enter(key: string, entry: Parsed): void {
    if ('value' in entry && entry.value === null) this.#entries.delete(key);
    else this.#entries.set(key, entry);
  }

  /** Something was typed. */
  get isDirty(): boolean {
    return this.#entries.size > 0;
  }

  /** Keys that cannot be saved as they are. */
  get wrong(): string[] {
    return [...this.#entries].flatMap(([key, entry]) => ('error' in entry ? [key] : []));
  }

  /** What can be saved. */
  get values(): Record<string, Scalar> {
    return Object.fromEntries(
      [...this.#entries].flatMap(([key, entry]) => ('value' in entry ? [[key, entry.value]] : [])),
    );
  }

  /** What can be kept as a draft; null for nothing. */
  get typed(): Record<string, Scalar> | null {
    return Object.keys(this.values).length === 0 ? null : this.values;
  }

  /** Puts a draft back. */
  restore(values: Record<string, Scalar>): void {
    for (const [key, value] of Object.entries(values)) this.enter(key, { value });
  }

  /** Drops what was typed. */
  clear(): void {
    this.#entries.clear();
  }
}

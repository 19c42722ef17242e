/** A few fields that belong together: those of a thing that exists, or of one that is being added. */
import type { Scalar } from '../../host/wire';
import { Entries } from '../../shared/entries.svelte';
import type { Parsed } from '../../shared/parse';
import type { OpenHousehold } from './openhousehold.svelte';

/** What a form of several fields stands on. */
export interface Sheet {
  /** The value as the form shows it. */
  value(key: string): Scalar;
  /** Why it cannot be saved. */
  error(key: string): string | undefined;
  /** The text that cannot be read as a value. */
  unread(key: string): string | undefined;
  /** Takes what was typed. */
  enter(key: string, entry: Parsed): void;
}

/** The fields of something that is in the record. */
export function sheetOf(open: OpenHousehold, path: (key: string) => string): Sheet {
  return {
    value: (key) => open.value(path(key)),
    error: (key) => open.error(path(key)),
    unread: (key) => open.unread(path(key)),
    enter: (key, entry) => open.enter(path(key), entry),
  };
}

/** The fields of something new. */
export class NewSheet extends Entries implements Sheet {
  constructor() {
    super(
      () => null,
      () => false,
    );
  }

  /** What can be saved. */
  get values(): Record<string, Scalar> {
    return Object.fromEntries(this.edits.map(({ field, value }) => [field, value]));
  }
}

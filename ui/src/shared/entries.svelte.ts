/** What was typed into a form and is not saved yet, by the paths of its fields. */
import { SvelteMap } from 'svelte/reactivity';
import type { Fault } from '../host';
import type { FieldEdit, Scalar } from '../host/wire';
import type { Parsed } from './parse';

/** The typed values of an open form. */
export class Entries {
  readonly #entries = new SvelteMap<string, Parsed>();

  constructor(
    /** The value that is stored at a path. */
    private readonly stored: (field: string) => Scalar,
    /** True if people told the field differently: then the stored value typed again is an edit too. */
    private readonly contradicted: (field: string) => boolean,
  ) {}

  /** Something was typed that is not saved. */
  get isDirty(): boolean {
    return this.#entries.size > 0;
  }

  /** Edits that can be saved. */
  get edits(): FieldEdit[] {
    return [...this.#entries].flatMap(([field, entry]) =>
      'value' in entry ? [{ field, value: entry.value }] : [],
    );
  }

  /** Fields that cannot be saved as they are. */
  get wrong(): string[] {
    return [...this.#entries].flatMap(([field, entry]) => ('error' in entry ? [field] : []));
  }

  /** True if the field was typed into. */
  has(field: string): boolean {
    return this.#entries.has(field);
  }

  /** The value as the form shows it. */
  value(field: string): Scalar {
    const entry = this.#entries.get(field);
    return entry && 'value' in entry ? entry.value : this.stored(field);
  }

  /** Why a field cannot be saved. */
  error(field: string): string | undefined {
    const entry = this.#entries.get(field);
    return entry && 'error' in entry ? entry.error : undefined;
  }

  /** Takes what was typed. Back to what is stored is no edit, unless the field is contradicted. */
  enter(field: string, entry: Parsed): void {
    const same = 'value' in entry && entry.value === this.stored(field);
    if (same && !this.contradicted(field)) this.#entries.delete(field);
    else this.#entries.set(field, entry);
  }

  /** Drops what was saved; what was typed over it in the meantime stays. */
  forget(saved: FieldEdit[]): void {
    for (const { field, value } of saved) {
      const entry = this.#entries.get(field);
      if (entry && 'value' in entry && entry.value === value) this.#entries.delete(field);
    }
  }

  /** Puts a refusal beside the field that it is about. */
  blame(fault: Fault): void {
    if (fault.field && this.#entries.has(fault.field)) this.#entries.set(fault.field, { error: fault.code });
  }

  /** Drops everything. */
  discard(): void {
    this.#entries.clear();
  }
}

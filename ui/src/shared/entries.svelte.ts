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

  /** The text that cannot be read as a value. */
  unread(field: string): string | undefined {
    const entry = this.#entries.get(field);
    return entry && 'error' in entry ? entry.typed : undefined;
  }

  /** Everything that was typed, as a draft keeps it; null for nothing. */
  get typed(): Record<string, Parsed> | null {
    return this.isDirty ? Object.fromEntries(this.#entries) : null;
  }

  /** Puts a draft back. A value that was refused is one to be tried again. */
  restore(typed: Record<string, Parsed>): void {
    for (const [field, entry] of Object.entries(typed)) {
      const refused = 'error' in entry && entry.refused !== undefined;
      this.enter(field, refused ? { value: entry.refused ?? null } : entry);
    }
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
    const entry = this.#entries.get(fault.field ?? '');
    if (!fault.field || !entry) return;
    const refused = 'value' in entry ? { refused: entry.value } : {};
    this.#entries.set(fault.field, { error: fault.code, ...refused });
  }

  /** Drops everything. */
  discard(): void {
    this.#entries.clear();
  }
}

/** The programme of a unit in a year: opened on heads, edited, saved as one change. */
import { SvelteMap } from 'svelte/reactivity';
import { Fault, rpc } from '../../host';
import type { FieldEdit, ProgrammePage, Scalar } from '../../host/wire';
import type { Parsed } from '../../shared/parse';

/** Builds the paths that the form writes. */
export const path = {
  task: (id: string, key: 'status' | 'result'): string => `tasks/${id}/${key}`,
  indicator: (id: string, key: 'value' | 'source' | 'date'): string => `indicators/${id}/${key}`,
};

function stored(page: ProgrammePage, field: string): Scalar {
  const [of = '', id = '', key = ''] = field.split('/');
  const entries = (of === 'tasks' ? page.programme.tasks : page.programme.indicators) as Record<
    string,
    Record<string, Scalar>
  >;
  return entries[id]?.[key] ?? null;
}

/** An open programme. */
export class OpenProgramme {
  /** As last read. */
  page = $state.raw<ProgrammePage>() as ProgrammePage;
  /** A save is under way. */
  saving = $state(false);
  /** It was saved since it was opened, and nothing was typed since. */
  saved = $state(false);
  /** Why the last save failed. */
  fault = $state.raw<Fault | null>(null);

  readonly #entries = new SvelteMap<string, Parsed>();

  constructor(page: ProgrammePage) {
    this.page = page;
  }

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

  /** The value as the form shows it. */
  value(field: string): Scalar {
    const entry = this.#entries.get(field);
    return entry && 'value' in entry ? entry.value : stored(this.page, field);
  }

  /** Why a field cannot be saved. */
  error(field: string): string | undefined {
    const entry = this.#entries.get(field);
    return entry && 'error' in entry ? entry.error : undefined;
  }

  /** Takes what was typed. Back to what is stored is no edit, unless the field is contradicted. */
  enter(field: string, entry: Parsed): void {
    this.saved = false;
    const contradicted = this.page.conflicts.some((conflict) => conflict.field === field);
    const same = 'value' in entry && entry.value === stored(this.page, field);
    if (same && !contradicted) this.#entries.delete(field);
    else this.#entries.set(field, entry);
  }

  /** Drops what was typed. */
  discard(): void {
    this.#entries.clear();
  }

  /** Saves what can be saved as one change. */
  async save(): Promise<void> {
    const edits = this.edits;
    if (this.saving || edits.length === 0) return;
    this.saving = true;
    this.fault = null;
    try {
      const { unit, year, heads } = this.page;
      this.page = await rpc('programme.save', { unit, year, heads, edits });
      for (const { field } of edits) this.#entries.delete(field);
      this.saved = true;
    } catch (error) {
      this.fault = Fault.from(error);
    } finally {
      this.saving = false;
    }
  }
}

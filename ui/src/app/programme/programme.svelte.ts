/** The programme of a unit in a year: opened on heads, edited, saved as one change. */
import { Fault, rpc } from '../../host';
import type { FieldEdit, ProgrammePage, Scalar } from '../../host/wire';
import { Entries } from '../../shared/entries.svelte';
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

  readonly #entries = new Entries(
    (field) => stored(this.page, field),
    (field) => this.page.conflicts.some((conflict) => conflict.field === field),
  );

  constructor(page: ProgrammePage) {
    this.page = page;
  }

  /** Something was typed that is not saved. */
  get isDirty(): boolean {
    return this.#entries.isDirty;
  }

  /** Edits that can be saved. */
  get edits(): FieldEdit[] {
    return this.#entries.edits;
  }

  /** The value as the form shows it. */
  value(field: string): Scalar {
    return this.#entries.value(field);
  }

  /** Why a field cannot be saved. */
  error(field: string): string | undefined {
    return this.#entries.error(field);
  }

  /** Takes what was typed. */
  enter(field: string, entry: Parsed): void {
    this.saved = false;
    this.#entries.enter(field, entry);
  }

  /** Drops what was typed. */
  discard(): void {
    this.#entries.discard();
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
      this.#entries.forget(edits);
      this.saved = true;
    } catch (error) {
      this.fault = Fault.from(error);
    } finally {
      this.saving = false;
    }
  }
}

/**
 * A household that is open: what the device knows of it, and what was typed and is not saved yet.
 *
 * A form is opened on the heads that its page came with and keeps them until it is saved; what a sync brings in the
 * meantime never changes a form under the hand, and never is covered by it silently: the save says what it was
 * written on.
 */
import { SvelteMap } from 'svelte/reactivity';
import { Fault, rpc } from '../../host';
import type { Class, FieldEdit, HouseholdPage, Scalar } from '../../host/wire';
import type { Parsed } from '../../shared/parse';
import { storedAt } from './fields';

/** What was typed into a field: a value to save, or why it cannot be saved. */
export type Entry = Parsed & { typed?: string };

/** What a save did to the class. */
export type Outcome = { from: Class | null; to: Class | null };

/** A form for a new member or support. */
export interface FreshForm {
  /** Something was typed. */
  readonly isDirty: boolean;
  /** Saves it. True if it is saved or nothing was typed. */
  save(): Promise<boolean>;
  /** Drops what was typed. */
  discard(): void;
}

/** An open household. */
export class OpenHousehold {
  /** As last read. */
  page = $state.raw<HouseholdPage>() as HouseholdPage;
  /** A save is under way. */
  saving = $state(false);
  /** Why the last save failed. */
  fault = $state.raw<Fault | null>(null);
  /** What the last save did to the class. */
  outcome = $state.raw<Outcome | null>(null);

  /** A form for something that does not exist yet, while it is open: it saves itself when it is left. */
  fresh = $state.raw<FreshForm | null>(null);

  readonly #entries = new SvelteMap<string, Entry>();
  #visited = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    page: HouseholdPage,
    /** Told after each save. */
    private readonly saved: () => void = () => undefined,
  ) {
    this.page = page;
  }

  /** What was typed and is not saved. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries;
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

  /** The value at a path as the form shows it. */
  value(field: string): Scalar {
    const entry = this.#entries.get(field);
    return entry && 'value' in entry ? entry.value : storedAt(this.page.household, field);
  }

  /** Why a field cannot be saved. */
  error(field: string): string | undefined {
    const entry = this.#entries.get(field);
    return entry && 'error' in entry ? entry.error : undefined;
  }

  /** Writes a value into the form. Back to what is stored is no edit, unless the field is contradicted. */
  set(field: string, value: Scalar): void {
    this.enter(field, { value });
  }

  /** Writes what was typed into the form. */
  enter(field: string, entry: Entry): void {
    const contradicted = this.page.conflicts.some((conflict) => conflict.field === field);
    const same = 'value' in entry && entry.value === storedAt(this.page.household, field);
    if (same && !contradicted) this.#entries.delete(field);
    else this.#entries.set(field, entry);
  }

  /** Something was typed that is not saved. */
  get isDirty(): boolean {
    return this.#entries.size > 0 || this.fresh?.isDirty === true;
  }

  /** Drops what was typed. */
  discard(): void {
    this.fresh?.discard();
    this.#entries.clear();
    this.fault = null;
  }

  /** Takes the page that another command answered: a member added, a conflict resolved. */
  take(page: HouseholdPage): void {
    this.outcome = { from: this.page.decision?.class ?? null, to: page.decision?.class ?? null };
    this.page = page;
    this.saved();
  }

  /** Reads the household anew, unless a form is open on it. Throws a `Fault`. */
  async refresh(): Promise<void> {
    if (this.#entries.size > 0 || this.saving) return;
    const page = await rpc('household.open', { id: this.page.id });
    if (this.#entries.size === 0 && !this.saving) this.page = page;
  }

  /**
   * Saves what can be saved as one change. True if nothing that can be saved is left. A save that is under way is
   * waited for: whoever asks wants what is typed now to be on the disk.
   */
  save(): Promise<boolean> {
    const saved = this.#last.then(() => this.#save());
    this.#last = saved;
    return saved;
  }

  async #save(): Promise<boolean> {
    if (this.fresh?.isDirty && !(await this.fresh.save())) return false;
    const edits = this.edits;
    if (edits.length === 0) return true;
    this.saving = true;
    this.fault = null;
    try {
      const { id, heads } = this.page;
      const visit = this.#visit(edits);
      const page = await rpc('household.save', { id, heads, edits, ...visit });
      this.#visited ||= visit.visit === true;
      this.#forget(edits);
      this.take(page);
      return true;
    } catch (error) {
      this.fault = Fault.from(error);
      this.#blame(this.fault);
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** The first answers written since the household was opened are those of a visit. */
  #visit(edits: FieldEdit[]): { visit?: boolean } {
    const survey = edits.some((edit) => edit.field.startsWith('reviews/'));
    return survey && !this.#visited ? { visit: true } : {};
  }

  /** What was typed while the save was under way stays. */
  #forget(saved: FieldEdit[]): void {
    for (const { field, value } of saved) {
      const entry = this.#entries.get(field);
      if (entry && 'value' in entry && entry.value === value) this.#entries.delete(field);
    }
  }

  #blame(fault: Fault): void {
    if (fault.field && this.#entries.has(fault.field)) this.#entries.set(fault.field, { error: fault.code });
  }
}

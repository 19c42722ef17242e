/**
 * A household that is open: what the device knows of it, and what was typed and is not saved yet.
 *
 * A form is opened on the heads that its page came with and keeps them until it is saved; what a sync brings in the
 * meantime never changes a form under the hand, and never is covered by it silently: the save says what it was
 * written on.
 */
import { Fault, rpc } from '../../host';
import type { Class, FieldEdit, HouseholdPage, Scalar } from '../../host/wire';
import { Entries } from '../../shared/entries.svelte';
import type { Parsed } from '../../shared/parse';
import { storedAt } from './fields';

/** What a save did to the class. */
export type Outcome = { from: Class | null; to: Class | null };

/** What was typed and is not saved, with the heads that the form was opened on. */
export type Typed = { heads: string[]; entries: Record<string, Parsed> };

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

  /** The question to go to when its section is shown. */
  jump = $state.raw<string | null>(null);

  /** A form for something that does not exist yet, while it is open: it saves itself when it is left. */
  fresh = $state.raw<FreshForm | null>(null);

  readonly #entries = new Entries(
    (field) => storedAt(this.page.household, field),
    (field) => this.page.conflicts.some((conflict) => conflict.field === field),
  );
  /** The heads of a form that was put back; those of the page otherwise. */
  #heads: string[] | null = null;
  #visited = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    page: HouseholdPage,
    /** Told after each save. */
    private readonly saved: () => void = () => undefined,
  ) {
    this.page = page;
  }

  /** Edits that can be saved. */
  get edits(): FieldEdit[] {
    return this.#entries.edits;
  }

  /** Fields that cannot be saved as they are. */
  get wrong(): string[] {
    return this.#entries.wrong;
  }

  /** True if the field was typed into. */
  has(field: string): boolean {
    return this.#entries.has(field);
  }

  /** The value at a path as the form shows it. */
  value(field: string): Scalar {
    return this.#entries.value(field);
  }

  /** Why a field cannot be saved. */
  error(field: string): string | undefined {
    return this.#entries.error(field);
  }

  /** The text of a field that cannot be read as a value. */
  unread(field: string): string | undefined {
    return this.#entries.unread(field);
  }

  /** Writes a value into the form. */
  set(field: string, value: Scalar): void {
    this.#entries.enter(field, { value });
  }

  /** Writes what was typed into the form. */
  enter(field: string, entry: Parsed): void {
    this.#entries.enter(field, entry);
  }

  /** Something was typed that is not saved. */
  get isDirty(): boolean {
    return this.#entries.isDirty || this.fresh?.isDirty === true;
  }

  /** What can be kept as a draft; null for nothing. */
  get typed(): Typed | null {
    const entries = this.#entries.typed;
    return entries && { heads: this.#heads ?? this.page.heads, entries };
  }

  /** Puts a draft back. It is saved as written on what its author saw, whatever has come since. */
  restore({ heads, entries }: Typed): void {
    this.#entries.restore(entries);
    if (this.#entries.isDirty) this.#heads = heads;
  }

  /** Drops what was typed. */
  discard(): void {
    this.fresh?.discard();
    this.#entries.discard();
    this.#heads = null;
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
    if (this.#entries.isDirty || this.saving) return;
    const page = await rpc('household.open', { id: this.page.id });
    if (!this.#entries.isDirty && !this.saving) this.page = page;
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
      const { id } = this.page;
      const heads = this.#heads ?? this.page.heads;
      const visit = this.#visit(edits);
      const page = await rpc('household.save', { id, heads, edits, ...visit });
      this.#visited ||= visit.visit === true;
      this.#entries.forget(edits);
      this.#heads = null;
      this.take(page);
      return true;
    } catch (error) {
      this.fault = Fault.from(error);
      // the device no longer has what the draft was written on: the next save is one on what is shown
      if (this.fault.code === 'unknown_heads') this.#heads = null;
      this.#entries.blame(this.fault);
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
}

/** The rows of the list, fetched page by page as they come into view: 10,000 households cost one small request. */
import { SvelteMap } from 'svelte/reactivity';
import { Fault, rpc } from '../../host';
import type { HouseholdRow, ListQuery } from '../../host/wire';

/** Rows in one request. */
export const PAGE_ROWS = 100;

/** What the list is narrowed to. */
export type Narrowing = Omit<ListQuery, 'offset' | 'limit'>;

/** Rows of one narrowing; an answer that comes too late for a newer narrowing is dropped. */
export class Rows {
  /** How many households match; `null` before the first answer. */
  total = $state<number | null>(null);
  /** Why rows are missing. */
  fault = $state.raw<Fault | null>(null);

  readonly #pages = new SvelteMap<number, HouseholdRow[]>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a note to ourselves, nothing is drawn from it
  readonly #asked = new Set<number>();
  #query: Narrowing = {};
  #turn = 0;

  /** Narrows the list; what is on the screen stays until the answer is there. */
  async narrow(query: Narrowing): Promise<void> {
    this.#query = query;
    this.#turn += 1;
    const turn = this.#turn;
    this.#asked.clear();
    this.#asked.add(0);
    await this.#fetch(0, turn, true);
  }

  /** The row at a place of the list, if it is here; asks for it if it is not. */
  at(index: number): HouseholdRow | undefined {
    const page = Math.floor(index / PAGE_ROWS);
    const rows = this.#pages.get(page);
    if (!rows && !this.#asked.has(page)) {
      this.#asked.add(page);
      const turn = this.#turn;
      queueMicrotask(() => void this.#fetch(page, turn, false));
    }
    return rows?.[index % PAGE_ROWS];
  }

  async #fetch(page: number, turn: number, fresh: boolean): Promise<void> {
    try {
      const offset = page * PAGE_ROWS;
      const list = await rpc('household.list', { ...this.#query, offset, limit: PAGE_ROWS });
      if (turn !== this.#turn) return;
      if (fresh) this.#pages.clear();
      this.#pages.set(page, list.rows);
      this.total = list.total;
      this.fault = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      this.fault = Fault.from(error);
    }
  }
}

/** What the list is narrowed to. It outlives the list, so that coming back from a household finds it as it was. */
import type { ListQuery, ListState } from '../../host/wire';

class Filter {
  /** What was typed into the search. */
  search = $state('');
  /** Only this state. */
  state = $state<ListState | null>(null);
  /** Only this village. */
  village = $state('');
  /** Only households with contradicting answers. */
  conflictsOnly = $state(false);

  /** Starts afresh with the given narrowing. */
  only(next: { search?: string; state?: ListState | null; conflictsOnly?: boolean }): void {
    this.search = next.search ?? '';
    this.state = next.state ?? null;
    this.conflictsOnly = next.conflictsOnly ?? false;
    this.village = '';
  }

  /** The narrowing as the device takes it. */
  get query(): Omit<ListQuery, 'offset' | 'limit'> {
    return {
      ...(this.search.trim() ? { search: this.search.trim() } : {}),
      ...(this.state ? { state: this.state } : {}),
      ...(this.village ? { village: this.village } : {}),
      ...(this.conflictsOnly ? { conflicts_only: true } : {}),
    };
  }
}

/** The filter of this page. */
export const filter = new Filter();

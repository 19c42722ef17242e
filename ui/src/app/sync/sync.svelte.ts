/**
 * Syncing that nobody has to think of, and what the pill says.
 *
 * A sync starts when the app opens, some seconds after a save, when a network returns, and every few minutes. A
 * failed one is tried again later and later. No page ever waits for it.
 */
import { Fault, rpc } from '../../host';
import type { HomeSummary, SyncReport } from '../../host/wire';
import { session } from '../session.svelte';

/** After a save, so that a section and the next one travel together. */
const AFTER_SAVE_MS = 4_000;
/** Between two syncs of an app that lies open. */
const EVERY_MS = 120_000;
/** The longest pause after failures. */
const PAUSE_MAX_MS = 15 * 60_000;

class Sync {
  /** Counts by state and the sync state, as last read. */
  summary = $state.raw<HomeSummary | null>(null);
  /** What the last sync of this page did. */
  report = $state.raw<SyncReport | null>(null);
  /** Why the last sync failed. */
  fault = $state.raw<Fault | null>(null);
  /** A sync of this page is under way. */
  running = $state(false);
  /** Grows when records may have changed: lists and pages read anew. */
  revision = $state(0);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  /** Reads counts and sync state. */
  async refresh(): Promise<void> {
    try {
      this.summary = await rpc('home.summary', {});
    } catch (error) {
      this.fault = Fault.from(error);
    }
  }

  /** Something was saved here: counts change now, the server hears of it soon. */
  async saved(): Promise<void> {
    this.revision += 1;
    this.#after(AFTER_SAVE_MS);
    await this.refresh();
  }

  /** Syncs now, unless a sync is under way. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      this.report = await rpc('sync.run', {});
      this.fault = null;
      this.#failures = 0;
      if (this.report.pulled > 0) await session.refresh();
    } catch (error) {
      this.fault = Fault.from(error);
      this.#failures += 1;
    } finally {
      this.running = false;
      this.revision += 1;
      this.#after(Math.min(EVERY_MS * 2 ** this.#failures, PAUSE_MAX_MS));
      await this.refresh();
    }
  }

  /** Begins the automatic syncing; the answer ends it. */
  start(): () => void {
    const now = () => void this.run();
    addEventListener('online', now);
    void this.refresh().then(now);
    return () => {
      removeEventListener('online', now);
      clearTimeout(this.#timer);
    };
  }

  #after(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), pause);
  }
}

/** The syncing of this page. */
export const sync = new Sync();

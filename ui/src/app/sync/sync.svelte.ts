/**
 * What the pill says, and syncing now. The device syncs by itself: every little while, and soon after something was saved
 * here or sent by others, while it can hear the server. The page asks it how things stand, and asks for a sync when the app
 * opens, when a network returns, and when the person wants one.
 *
 * No page ever waits for the network.
 */
import { Fault, rpc } from '../../host';
import type { HomeSummary, SyncReport } from '../../host/wire';
import { session } from '../session.svelte';

/** Between two looks at how things stand, while the page is in view. */
export const LOOK_EVERY_MS = 2_000;

class Sync {
  /** Counts by state and the sync state, as last read. */
  summary = $state.raw<HomeSummary | null>(null);
  /** What the last sync that this page asked for did. */
  report = $state.raw<SyncReport | null>(null);
  /** Why it failed. */
  fault = $state.raw<Fault | null>(null);
  /** A sync that this page asked for is under way. */
  running = $state(false);
  /** Grows when records may have changed: lists and pages read anew. */
  revision = $state(0);

  /** Reads counts and sync state. A sync that the device made by itself may have brought something. */
  async look(): Promise<void> {
    try {
      const before = this.summary?.sync.syncs;
      this.summary = await rpc('home.summary', {});
      if (before !== undefined && before !== this.summary.sync.syncs) await this.#brought();
    } catch (error) {
      this.fault = Fault.from(error);
    }
  }

  /** Something was saved here. */
  async saved(): Promise<void> {
    this.revision += 1;
    await this.look();
  }

  /** Syncs now, unless a sync is under way. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      this.report = await rpc('sync.run', {});
      this.fault = null;
    } catch (error) {
      const fault = Fault.from(error);
      // the device was faster: what it does is what was asked for
      if (fault.code !== 'sync_running') this.fault = fault;
    } finally {
      this.running = false;
      await this.look();
    }
  }

  /** Begins to watch; the answer ends it. */
  start(): () => void {
    const online = (): void => void this.run();
    const looking = setInterval(() => {
      if (document.visibilityState === 'visible') void this.look();
    }, LOOK_EVERY_MS);
    addEventListener('online', online);
    void this.look().then(online);
    return () => {
      clearInterval(looking);
      removeEventListener('online', online);
    };
  }

  async #brought(): Promise<void> {
    await session.refresh();
    this.revision += 1;
  }
}

/** The syncing of this page. */
export const sync = new Sync();

/** One thing that runs at a time: whether it runs, and what it ended with. */
import { Fault } from '../host';

/** An action with its state for the screen. */
export class Task {
  /** It is under way. */
  running = $state(false);
  /** Why the last run failed. */
  fault = $state<Fault | null>(null);

  /** Runs the action unless it runs already. True if it went through. */
  async run(action: () => Promise<void>): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.fault = null;
    try {
      await action();
      return true;
    } catch (error) {
      this.fault = Fault.from(error);
      return false;
    } finally {
      this.running = false;
    }
  }
}

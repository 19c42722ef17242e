/** How a state of the survey looks: never by colour alone. */
import CircleCheckBig from '@lucide/svelte/icons/circle-check-big';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Send from '@lucide/svelte/icons/send';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { ListState } from '../../host/wire';

/** The states in the order of work. */
export const STATES: ListState[] = ['not_started', 'in_progress', 'returned', 'done', 'waiting'];

/** Icon of each state. */
export const STATE_ICONS = {
  not_started: CircleDashed,
  in_progress: PencilLine,
  returned: Undo2,
  done: CircleCheckBig,
  waiting: Send,
} as const;

/** Tone of each state, a name of tokens.css. */
export const STATE_TONES = {
  not_started: 'quiet',
  in_progress: 'info',
  returned: 'warn',
  done: 'good',
  waiting: 'brand',
} as const;

/** How a class looks; its words always stand beside. */
import type { Class } from '../../host/wire';

/** Tone of each class, a name of tokens.css. */
export const CLASS_TONES = {
  poor_income: 'bad',
  poor_deprived: 'bad',
  poor: 'bad',
  near_poor: 'warn',
  not_poor: 'good',
} as const satisfies Record<Class, string>;

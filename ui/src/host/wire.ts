/** The structs that cross the border and the commands that carry them, as generated from the core. */
import type { Methods } from '../bindings';

export type * from '../bindings';

/** The name of a command. */
export type Method = keyof Methods;
/** What a command takes. */
export type Params<M extends Method> = Methods[M]['params'];
/** What a command answers. */
export type Answer<M extends Method> = Methods[M]['answer'];

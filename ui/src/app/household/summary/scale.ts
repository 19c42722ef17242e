/** Where the B1 thresholds of an area lie on a line: read from the rulebook, drawn by `B1Scale`. */
import type { Area, Class, Rulebook } from '../../../host/wire';

/** A mark on the scale. */
export type Mark = { points: number; share: number };
/** A stretch of the scale and the classes that it can come to. */
export type Stretch = { from: number; to: number; classes: Class[] };

/** The scale ends this far above the last threshold, so that the last stretch can be seen. */
const ROOM = 0.45;

/** The end of the scale: the last threshold with room, or a total beyond it. */
export function scaleEnd(limits: number[], b1: number | null): number {
  const last = Math.max(0, ...limits);
  return Math.max(Math.ceil((last * (1 + ROOM)) / 10) * 10, b1 ?? 0, 1);
}

/** The B1 thresholds that the classes of a rulebook use, smallest first. */
export function b1Limits(rulebook: Rulebook, area: Area): number[] {
  const used = new Set(rulebook.classes.flatMap((rule) => [rule.b1_over, rule.b1_max]));
  const limits = rulebook.thresholds.filter((threshold) => used.has(threshold.id));
  return limits.map((threshold) => threshold[area].value).sort((a, b) => a - b);
}

/** The stretches between the thresholds and the classes that lie there. */
export function stretches(rulebook: Rulebook, area: Area, end: number): Stretch[] {
  const valueOf = (id: string | null): number | null =>
    rulebook.thresholds.find((threshold) => threshold.id === id)?.[area].value ?? null;
  const edges = [0, ...b1Limits(rulebook, area), end];
  return edges.slice(1).map((to, at) => {
    const from = edges[at] ?? 0;
    const here = rulebook.classes.filter(
      (rule) => (valueOf(rule.b1_over) ?? -1) <= from && (valueOf(rule.b1_max) ?? end) >= to,
    );
    return { from, to, classes: here.map((rule) => rule.class) };
  });
}

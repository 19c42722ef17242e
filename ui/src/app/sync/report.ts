/** What a sync did, in sentences. */
import type { Problem, SyncReport } from '../../host/wire';
import { grouped } from '../../shared/format';
import { lookup, t } from '../../shared/words.svelte';

/** A problem in words. */
export function problemWords({ code, params }: Problem): string {
  return lookup(`error_${code}`, params) ?? t('error_unknown', { code });
}

/** One sentence for each thing to tell; the refusals and problems last. */
export function reportWords(report: SyncReport): string[] {
  const moved = report.pushed > 0 || report.pulled > 0;
  const counts = { pushed: grouped(report.pushed), pulled: grouped(report.pulled) };
  return [
    moved ? t('sync_result', counts) : t('sync_result_nothing'),
    ...(report.proposals > 0 ? [t('sync_result_proposals', { proposals: grouped(report.proposals) })] : []),
    ...(report.refused > 0 ? [t('sync_result_refused', { refused: grouped(report.refused) })] : []),
    ...report.problems.map(problemWords),
  ];
}
